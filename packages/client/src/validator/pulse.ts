/** Where a resting heart usually is, and how far it wanders from one reading to the next. */
const USUAL = { min: 56, max: 104 };
const STEP = 6;
/** How much of the way back to the middle each reading takes. */
const PULL = 1 / 8;

export interface BpmRange {
  readonly min: number;
  readonly max: number;
}

/** A plausible pulse: the first one at rest, each further one near the last, and all within the range. */
export function nextPulse(last: number | undefined, range: BpmRange, random: number): number {
  const { from, to } = atRest(range);
  if (last === undefined) return from + Math.floor(random * (to - from + 1));
  const drift = Math.floor(random * (2 * STEP + 1)) - STEP;
  const back = Math.round(((from + to) / 2 - last) * PULL);
  return Math.min(Math.max(last + drift + back, range.min), range.max);
}

function atRest({ min, max }: BpmRange): { from: number; to: number } {
  const from = Math.max(USUAL.min, min);
  const to = Math.min(USUAL.max, max);
  return from <= to ? { from, to } : { from: min, to: max };
}
