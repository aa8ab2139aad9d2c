import type { Chance } from "./chance.ts";

/** A round that closes early by the clock does so by at least this share of its length, and by at most twice as much. */
const LEAST_SHARE = 0.3;

/**
 * `early`, by the clock: by how many milliseconds a round ends before its announced close. About every other round; the
 * rest bear another time than the announced one instead.
 */
export function hasteOf(chance: Chance, roundMs: number): (round: number) => number {
  const leastMs = Math.floor(roundMs * LEAST_SHARE);
  let last: { readonly round: number; readonly hasteMs: number } | undefined;
  return (round) => {
    if (last?.round !== round) last = { round, hasteMs: chance(2) === 0 ? 0 : leastMs + chance(leastMs) };
    return last.hasteMs;
  };
}
