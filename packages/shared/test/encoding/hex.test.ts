import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, isHex, toHex } from "../../src/encoding/hex.ts";

describe("hex (SPEC §1: lowercase, no prefix, exact length)", () => {
  test("goes there and back for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = toHex(bytes);
        expect(isHex(text, bytes.length)).toBe(true);
        expect(Uint8Array.from(fromHex(text))).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test("of a part of a larger buffer is the part's", () => {
    expect(toHex(Uint8Array.of(1, 2, 3, 255).subarray(1, 3))).toBe("0203");
  });

  test.each([
    ["capitals", "AB", 1],
    ["a prefix", "0xab", 2],
    ["too short", "ab", 2],
    ["too long", "abcd", 1],
    ["a character that is none", "ag", 1],
    ["a line end in it", "abc\n", 2],
    ["full-width digits", "１２", 1],
    ["a number", 12, 1],
    ["null", null, 1],
    ["an array that prints like it", ["ab"], 1],
  ])("refuses %s", (_what, text, bytes) => {
    expect(isHex(text, bytes)).toBe(false);
  });

  test.each(["A0", "0", "zz", "ab ", "0xab"])("fromHex throws on %j", (text) => {
    expect(() => fromHex(text)).toThrow(TypeError);
  });
});
