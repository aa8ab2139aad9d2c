/** Binary digits after the point of `log2Fixed`. */
const FRACTION_BITS = 64n;
const TWO_TO_129 = 1n << 129n;

/**
 * log₂ of a positive integer in fixed point, 64 digits after the point, rounded down (SPEC §5).
 * The mantissa x in [1, 2) is squared 64 times; each squaring yields one binary digit of the logarithm.
 */
export function log2Fixed(value: bigint): bigint {
  const n = value.toString(2).length - 1;
  let x = (value << 128n) >> BigInt(n);
  let y = 0n;
  for (let i = 0; i < 64; i++) {
    x = (x * x) >> 128n;
    y <<= 1n;
    if (x >= TWO_TO_129) {
      x >>= 1n;
      y |= 1n;
    }
  }
  return (BigInt(n) << FRACTION_BITS) | y;
}
