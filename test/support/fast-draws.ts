import { createHash } from "node:crypto";
import { taggedHash } from "pos-shared/crypto/hash.ts";
import { compareEntries, drawEntry } from "pos-shared/lottery/entry.ts";
import { nextSeed } from "pos-shared/lottery/seed.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";

const CHAIN_ID = taggedHash("genesis", "", "fast draws");

/**
 * The winners of many draws in a row, by position in `stakes`, each with the seed that the last one left (SPEC §5). A
 * VRF takes milliseconds, so hashes stand for its outputs, from which nobody without the key could tell them. Always the
 * same, so that no test of chances fails by chance.
 */
export function fastDraws(stakes: readonly number[], draws: number): number[] {
  const winners: number[] = [];
  let seed = CHAIN_ID;
  for (let round = 1; round <= draws; round++) {
    const beacon = { output: roll("hub", round, seed), proof: "" };
    const entries = stakes.map((stake, position) => ({
      position,
      entry: drawEntry(CHAIN_ID, beacon.output, proposalOf(position, round, seed), stake),
    }));
    const [first] = entries.sort((a, b) => compareEntries(a.entry, b.entry));
    if (first === undefined) throw new Error("nobody takes part");
    winners.push(first.position);
    const { proposal, stake } = first.entry;
    seed = nextSeed(CHAIN_ID, { proposal, draw: { seed, stake, eligibleStake: stake, beacon } });
  }
  return winners;
}

function roll(who: string, round: number, seed: string): string {
  return createHash("sha512").update(`${who} ${round} ${seed}`).digest("hex");
}

function proposalOf(position: number, round: number, seed: string): Proposal {
  const claim = { output: roll(String(position), round, seed), proof: "" };
  return { round, prevHash: seed, bpm: 72, publicKey: String(position), claim, signature: "" };
}

/** Σ (observed − expected)² / expected. */
export function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 0), 0);
}
