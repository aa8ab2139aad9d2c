import { describe, expect, test } from "vitest";
import { taggedBytes } from "../../src/encoding/tagged-bytes.ts";

const chainId = "0c".repeat(32);

describe("tagged bytes (SPEC §1)", () => {
  test("are the tag with its version, a zero byte, the chain id and the canonical JSON", () => {
    const bytes = taggedBytes("receipt", chainId, { tx: "é", round: 1 });
    expect(Buffer.from(bytes).toString("utf8")).toBe(`pos/receipt/v1\u0000${chainId}{"round":1,"tx":"é"}`);
    expect(bytes.length).toBe(15 + 64 + 21);
  });

  test("of a genesis carry no chain id, because its hash is the chain id", () => {
    expect(Buffer.from(taggedBytes("genesis", "", {})).toString("utf8")).toBe("pos/genesis/v1\u0000{}");
  });

  test("refuse a chain id where there is none, and the lack of one", () => {
    expect(() => taggedBytes("genesis", chainId, {})).toThrow(TypeError);
    expect(() => taggedBytes("tx", "", {})).toThrow(TypeError);
    expect(() => taggedBytes("tx", chainId.slice(2), {})).toThrow(TypeError);
  });

  test("refuse what has no canonical form", () => {
    expect(() => taggedBytes("tx", chainId, { amount: undefined })).toThrow(TypeError);
  });
});
