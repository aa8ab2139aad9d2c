/** Scores of a draw in few columns; the recomputation has all digits. */

const SHOWN_DIGITS = 3;
/** Below this a score is told with an exponent, as `7.92e-6`. */
const LEAST_PLACES = 5;

/**
 * A score to so many significant digits, rounded: `0.000792`, `0.0142`, `3.28`.
 *
 * @param score a decimal fraction, as `0.000791837`
 */
export function shortScore(score: string, digits = SHOWN_DIGITS): string {
  const [whole = "", fraction = ""] = score.split(".");
  const value = BigInt(whole + fraction);
  const length = value.toString().length;
  // Digits before the point are never rounded away.
  const dropped = Math.min(fraction.length, Math.max(0, length - digits));
  const unit = 10n ** BigInt(dropped);
  const rounded = ((value + unit / 2n) / unit).toString();
  const places = fraction.length - dropped;
  if (value === 0n || places === 0) return rounded;
  const exponent = rounded.length - 1 - places;
  if (exponent < -LEAST_PLACES) return `${rounded.slice(0, 1)}.${rounded.slice(1)}e${exponent}`;
  const padded = rounded.padStart(places + 1, "0");
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** Scores beside each other, the lowest first: to as many digits as it takes to tell the first two apart. */
export function shortScores(scores: readonly string[]): readonly string[] {
  const [lowest, next] = scores;
  let digits = SHOWN_DIGITS;
  if (lowest !== undefined && next !== undefined && lowest !== next) {
    while (digits < lowest.length && shortScore(lowest, digits) === shortScore(next, digits)) digits++;
  }
  return scores.map((score) => shortScore(score, digits));
}
