/** Binary digits after the point of `log2Fixed`, worked out in halves: each fits a number exactly. */
const HALVES = 2;
const DIGITS_OF_HALF = 32;
const TWO_TO_257 = 1n << 257n;

/**
 * log₂ of a positive integer in fixed point, 64 digits after the point, rounded down (SPEC §5).
 * The mantissa x in [1, 2), 128 digits after its point, is squared 64 times; each squaring yields one binary digit of
 * the logarithm, and is halved where that is 1.
 */
export function log2Fixed(value: bigint): bigint {
  const n = value.toString(2).length - 1;
  let x = (value << 128n) >> BigInt(n);
  let log = BigInt(n);
  for (let half = 0; half < HALVES; half++) {
    // Gathered in a number, as each step of a bigint would make a new one.
    let digits = 0;
    for (let i = 0; i < DIGITS_OF_HALF; i++) {
      const square = x * x;
      const isTwoOrMore = square >= TWO_TO_257;
      x = square >> (isTwoOrMore ? 129n : 128n);
      digits = 2 * digits + (isTwoOrMore ? 1 : 0);
    }
    log = (log << BigInt(DIGITS_OF_HALF)) | BigInt(digits);
  }
  return log;
}
