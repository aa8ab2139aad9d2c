/** Wins against expectation. */
export interface Luck {
  readonly rounds: number;
  readonly wins: number;
  readonly expected: number;
  /** Half width of the band in which 95 of 100 honest runs end: 1.96·√Σp(1−p). */
  readonly band: number;
  /** (wins − expected) / √Σp(1−p), 0 where nothing can vary. */
  readonly z: number;
  /** Wins above or below expectation, as a share of it; null before a whole win was to be expected, and without chance. */
  readonly ratio: number | null;
  /** Could anything have come out differently? Not where one took part alone each time. */
  readonly hasChance: boolean;
  /** Inside of the band, or too early to tell: it says nothing. */
  readonly isNoise: boolean;
  /** So few rounds that the band is none: wins come whole, and one of them may be outside of it already. */
  readonly isEarly: boolean;
}

const BAND = 1.96;
/** A normal distribution stands for the count of wins from about this variance on. */
const LEAST_VARIANCE = 5;

/** Luck over the rounds whose proposals this client has checked; each round adds p to the expectation and p(1−p) to the variance. */
export function luckOf(counted: {
  readonly checkedRounds: number;
  readonly checkedWins: number;
  readonly expectedWins: number;
  readonly variance: number;
}): Luck {
  const { checkedRounds: rounds, checkedWins: wins, expectedWins: expected, variance } = counted;
  const deviation = Math.sqrt(Math.max(0, variance));
  return {
    rounds,
    wins,
    expected,
    band: BAND * deviation,
    z: deviation === 0 ? 0 : (wins - expected) / deviation,
    hasChance: deviation > 0,
    ratio: expected < 1 || deviation === 0 ? null : wins / expected - 1,
    isNoise: variance < LEAST_VARIANCE || Math.abs(wins - expected) <= BAND * deviation,
    isEarly: variance < LEAST_VARIANCE,
  };
}

/** The sign beside a share: at least a percentage point above or below what was expected, or about even. */
export function luckSign({ rounds, wins, expected }: Luck): "▲" | "▼" | "≈" {
  if (rounds === 0) return "≈";
  const points = (100 * (wins - expected)) / rounds;
  if (points >= 1) return "▲";
  return points <= -1 ? "▼" : "≈";
}
