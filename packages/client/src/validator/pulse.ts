/** Where a resting heart usually is, and how far it wanders from one reading to the next. */
const USUAL = { min: 56, max: 104 };
const STEP = 6;

export interface BpmRange {
  readonly min: number;
  readonly max: number;
}

/**
 * A plausible pulse: near the last one, and within a range.
 *
 * @param last undefined for the first
 * @param random from 0 up to 1
 */
export function nextPulse(last: number | undefined, { min, max }: BpmRange, random: number): number {
  if (last === undefined) {
    const from = Math.min(Math.max(USUAL.min, min), max);
    const to = Math.max(Math.min(USUAL.max, max), from);
    return from + Math.floor(random * (to - from + 1));
  }
  const drift = Math.floor(random * (2 * STEP + 1)) - STEP;
  return Math.min(Math.max(last + drift, min), max);
}
