import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/crypto/hash.ts";
import { addressOf, isValidPublicKey, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { fromHex, toHex } from "../../src/encoding/hex.ts";
import { toLittleEndian } from "../support/bytes.ts";

const P = 2n ** 255n - 19n;

const SIGN_BIT = 2n ** 255n;
/** y of the points of order 8 (the other pair has the negative). */
const ORDER_8_Y = BigInt("0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7");

describe("a public key (SPEC §1) must be canonically encoded, decode, and not be of small order", () => {
  test("the key of any seed is valid, and its address is SHA-256 over its 32 bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const { publicKey } = secretKeyFromSeed(seed);
        expect(isValidPublicKey(publicKey)).toBe(true);
        expect(addressOf(publicKey)).toBe(toHex(sha256(fromHex(publicKey))));
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ["the identity", 1n],
    ["order 2", P - 1n],
    ["order 4", 0n],
    ["order 4, the other one", SIGN_BIT],
    ["order 8", ORDER_8_Y],
    ["order 8, sign set", ORDER_8_Y + SIGN_BIT],
    ["order 8, y negative", P - ORDER_8_Y],
    ["order 8, y negative, sign set", P - ORDER_8_Y + SIGN_BIT],
  ])("refuses a point of small order: %s", (_what, encoding) => {
    expect(isValidPublicKey(toLittleEndian(encoding))).toBe(false);
  });

  test.each([
    ["the identity with the sign bit set", 1n + SIGN_BIT],
    ["order 2 with the sign bit set", P - 1n + SIGN_BIT],
    ["y = p", P],
    ["y = p + 1", P + 1n],
    ["y = p + 3, which would be the valid y = 3", P + 3n],
    ["y = 2^255 − 1", 2n ** 255n - 1n],
    ["every bit set", 2n ** 256n - 1n],
  ])("refuses an encoding that is not canonical: %s", (_what, encoding) => {
    expect(isValidPublicKey(toLittleEndian(encoding))).toBe(false);
  });

  test("refuses bytes that are no point", () => {
    // (y² − 1)/(d·y² + 1) is no square for y = 2.
    expect(isValidPublicKey(toLittleEndian(2n))).toBe(false);
    expect(isValidPublicKey(toLittleEndian(3n))).toBe(true);
  });

  test.each([
    ["capitals", "D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A"],
    ["31 bytes", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751"],
    ["33 bytes", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00"],
    ["an empty text", ""],
    ["null", null],
    ["a number", 7],
  ])("refuses %s", (_what, text) => {
    expect(isValidPublicKey(text)).toBe(false);
  });
});

describe("a secret key (RFC 8032 §5.1.5)", () => {
  test("keeps a copy of its seed", () => {
    const seed = new Uint8Array(32).fill(7);
    const key = secretKeyFromSeed(seed);
    seed.fill(0);
    expect(key.seed).toEqual(new Uint8Array(32).fill(7));
  });

  test.each([0, 31, 33, 64])("is not made of %i bytes", (length) => {
    expect(() => secretKeyFromSeed(new Uint8Array(length))).toThrow(RangeError);
  });
});
