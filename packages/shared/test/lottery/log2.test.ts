import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { log2Fixed } from "../../src/lottery/log2.ts";

const TWO_TO_256 = 1n << 256n;
const BITS = 320n;
const ONE = 1n << BITS;

/** ln of m = numerator / denominator in [1, 2], 320 bits after the point: 2·artanh((m − 1) / (m + 1)) as a series. */
function naturalLog(numerator: bigint, denominator: bigint): bigint {
  const z = ((numerator - denominator) * ONE) / (numerator + denominator);
  const zSquared = (z * z) >> BITS;
  let sum = 0n;
  for (let power = z, k = 1n; power > 0n; power = (power * zSquared) >> BITS, k += 2n) sum += power / k;
  return 2n * sum;
}

const LN_2 = naturalLog(2n, 1n);

/** log₂ with 64 digits after the point, worked out by another formula to 300 digits and then cut. */
function preciseLog2(value: bigint): bigint {
  const n = BigInt(value.toString(2).length - 1);
  return (n << 64n) + (naturalLog(value, 1n << n) << 64n) / LN_2;
}

/** Integers from 1 to 2^256 of every size, the edges often. */
const anyValue = fc
  .tuple(fc.integer({ min: 0, max: 256 }), fc.bigInt({ min: 0n, max: TWO_TO_256 }), fc.constantFrom(0n, 1n, -1n))
  .map(([size, low, off]) => (1n << BigInt(size)) + (low & ((1n << BigInt(size)) - 1n)) + off)
  .filter((value) => value >= 1n && value <= TWO_TO_256);

describe("log₂ in fixed point (SPEC §5)", () => {
  test("is never above the exact value, and at most two of its last digits below it", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const missing = preciseLog2(value) - log2Fixed(value);
        expect(missing).toBeGreaterThanOrEqual(0n);
        expect(missing).toBeLessThanOrEqual(2n);
      }),
      { numRuns: 2000 },
    );
  });

  test("begins with as many whole halvings as the value's 1024th power has binary digits", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        // ⌊1024·log₂(v)⌋ exactly: no logarithm is needed for it.
        const digits = BigInt((value ** 1024n).toString(16).length);
        const leading = BigInt(((value ** 1024n) >> (4n * (digits - 1n))).toString(2).length);
        expect(log2Fixed(value) >> 54n).toBe(4n * (digits - 1n) + leading - 1n);
      }),
      { numRuns: 1000 },
    );
  });

  test("is exact for powers of two", () => {
    for (let n = 0n; n <= 256n; n++) expect(log2Fixed(1n << n)).toBe(n << 64n);
  });

  test("never falls as the value grows", () => {
    fc.assert(
      fc.property(anyValue, fc.oneof(fc.constant(1n), fc.bigInt({ min: 1n, max: TWO_TO_256 })), (value, more) => {
        fc.pre(value + more <= TWO_TO_256);
        expect(log2Fixed(value + more)).toBeGreaterThanOrEqual(log2Fixed(value));
      }),
      { numRuns: 2000 },
    );
  });
});
