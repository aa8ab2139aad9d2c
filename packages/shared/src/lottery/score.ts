import type { Hex } from "../encoding/hex.ts";
import { log2Fixed } from "./log2.ts";

const TWO_TO_256 = 1n << 256n;
const LOG2_OF_ALL = 256n << 64n;

/**
 * −log₂(1 − ticket / 2^256) in fixed point, 64 digits after the point, shifted left by another 64 (SPEC §5). Divided
 * by the stake this is the score; kept apart because it depends on the ticket alone.
 */
export function weightOf(ticket: Hex): bigint {
  return (LOG2_OF_ALL - log2Fixed(TWO_TO_256 - BigInt(`0x${ticket}`))) << 64n;
}

/**
 * The score of a ticket with a stake of at least 1 token; the lowest wins (SPEC §5). It is distributed as the lowest
 * of `stake` independent tickets, so P(win) = stake / Σ stake.
 */
export function scoreOf(weight: bigint, stake: number): bigint {
  return weight / BigInt(stake);
}
