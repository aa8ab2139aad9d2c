import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { sha256, sha256OfText, sha512, taggedHash } from "../../src/crypto/hash.ts";
import { toHex } from "../../src/encoding/hex.ts";

const abc = Buffer.from("abc");

describe("hashes (FIPS 180-4)", () => {
  test("SHA-256 and SHA-512 of abc and of nothing are the published ones", () => {
    expect(toHex(sha256(abc))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(toHex(sha256())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(toHex(sha512(abc))).toMatch(/^ddaf35a193617abacc417349ae204131.*a54ca49f$/);
  });

  test("parts are hashed as one text", () => {
    expect(sha256(Buffer.from("a"), Buffer.from(""), Buffer.from("bc"))).toEqual(sha256(abc));
    expect(sha512(Buffer.from("a"), Buffer.from("bc"))).toEqual(sha512(abc));
  });

  test("text is hashed as its UTF-8", () => {
    expect(sha256OfText("aé\u{1f600}")).toEqual(sha256(Buffer.from("aé\u{1f600}", "utf8")));
  });
});

describe("tagged hash (SPEC §1)", () => {
  test("is what sha256sum prints for the tagged bytes", () => {
    const chainId = "0c".repeat(32);
    const input = `pos/seal/v1\u0000${chainId}{"hash":"é"}`;
    const printed = execFileSync("sha256sum", { input }).toString("utf8");
    expect(taggedHash("seal", chainId, { hash: "é" })).toBe(printed.slice(0, 64));
  });
});
