import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256OfText } from "../../src/crypto/hash.ts";
import { type Hex, toHex } from "../../src/encoding/hex.ts";
import { compareEntries, type DrawEntry, drawEntry } from "../../src/lottery/entry.ts";
import { scoreOf, weightOf } from "../../src/lottery/score.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import {
  CRITICAL_CHI_SQUARED,
  chiSquared,
  chiSquaredOfTwo,
  criticalDistance,
  largestDistance,
} from "../support/statistics.ts";

const DRAWS = 20_000;
const CHAIN_ID = "c".repeat(64);
const STAKES = [1, 2, 3, 5, 9];
const SCORE_ONE = 2 ** 128;

/** An endless stream of even chances below 1, 53 bits each; the same for the same seed. */
function* chances(seed: string): Generator<number, never> {
  for (let block = 0; ; block++) {
    const digest = createHash("sha512").update(`${seed}/${block}`).digest();
    for (let at = 0; at < 64; at += 8) yield Number(digest.readBigUInt64BE(at) >> 11n) / 2 ** 53;
  }
}

/** A proposal that nothing but its output and its author matter of. */
function proposalOf(author: number, output: Hex): Proposal {
  const publicKey = author.toString(16).padStart(64, "0");
  const proof = "00".repeat(80);
  return { round: 1, prevHash: CHAIN_ID, bpm: 60, publicKey, claim: { output, proof }, signature: "00".repeat(64) };
}

/** One draw among the stakes with a beacon and outputs of its own; the entries, best first. */
function draw(seed: string, stakes: readonly number[]): DrawEntry[] {
  const output = (of: string): Hex => toHex(sha256OfText(`${seed}/${of}`)).repeat(2);
  const beacon = output("beacon");
  return stakes
    .map((stake, i) => drawEntry(CHAIN_ID, beacon, proposalOf(i, output(`claim ${i}`)), stake))
    .sort(compareEntries);
}

/** How often each stake's author won. */
function countWins(seed: string, stakes: readonly number[]): number[] {
  const wins = stakes.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const winner = Number.parseInt(draw(`${seed}/${i}`, stakes)[0]?.proposal.publicKey ?? "", 16);
    wins[winner] = (wins[winner] ?? 0) + 1;
  }
  return wins;
}

/** The tutorial's lottery, literally (DESIGN §6): each staked token draws a ticket of its own, the lowest of all wins. */
function countLiteralWins(seed: string, stakes: readonly number[]): number[] {
  const wins = stakes.map(() => 0);
  const stream = chances(seed);
  for (let i = 0; i < DRAWS; i++) {
    let [lowest, winner] = [1, 0];
    for (const [author, tokens] of stakes.entries()) {
      for (let token = 0; token < tokens; token++) {
        const ticket = stream.next().value;
        if (ticket < lowest) [lowest, winner] = [ticket, author];
      }
    }
    wins[winner] = (wins[winner] ?? 0) + 1;
  }
  return wins;
}

describe("who wins (SPEC §5, DESIGN §6)", () => {
  const wins = countWins("wins", STAKES);
  const literal = countLiteralWins("literal", STAKES);

  test(`wins match stake shares over ${DRAWS} draws: χ² stays below 18.467, p = 0.001 at 4 degrees of freedom`, () => {
    expect(wins.reduce((sum, count) => sum + count, 0)).toBe(DRAWS);
    expect(chiSquared(wins, STAKES)).toBeLessThan(CRITICAL_CHI_SQUARED[4] ?? 0);
  });

  test("the oracle with one ticket a token matches them, too, and both agree with each other", () => {
    expect(chiSquared(literal, STAKES)).toBeLessThan(CRITICAL_CHI_SQUARED[4] ?? 0);
    expect(chiSquaredOfTwo(wins, literal)).toBeLessThan(CRITICAL_CHI_SQUARED[4] ?? 0);
  });

  test("the same counts do not match shares that are a twentieth off: the test can fail", () => {
    const total = STAKES.reduce((sum, stake) => sum + stake, 0);
    const off = STAKES.map((stake, i) => (i === 4 ? stake + total / 20 : stake));
    expect(chiSquared(wins, off)).toBeGreaterThan(CRITICAL_CHI_SQUARED[4] ?? 0);
  });

  test("a score is distributed as the lowest of as many tickets as there are tokens (Kolmogorov–Smirnov, p = 0.001)", () => {
    const tokens = 7;
    const stream = chances("lowest of seven");
    const lowest = Array.from({ length: DRAWS }, () =>
      Math.min(...Array.from({ length: tokens }, () => stream.next().value)),
    );
    const scores = Array.from({ length: DRAWS }, (_, i) => {
      const score = Number(scoreOf(weightOf(toHex(sha256OfText(`score ${i}`))), tokens)) / SCORE_ONE;
      // score = −log₂(1 − v): back to the ticket v that it stands for.
      return -Math.expm1(-score * Math.LN2);
    });
    expect(largestDistance(scores, lowest)).toBeLessThan(criticalDistance(DRAWS));
  });
});

describe("splitting a stake over several identities gains nothing (DESIGN §6)", () => {
  test(`over ${DRAWS} draws 30 of 100 win as often in one hand as in three: χ² stays below 10.828, p = 0.001`, () => {
    const [rival = 0, whole = 0] = countWins("whole", [70, 30]);
    const [rivalOfParts = 0, ...parts] = countWins("parts", [70, 5, 10, 15]);
    const together = parts.reduce((sum, count) => sum + count, 0);
    expect(chiSquared([rival, whole], [70, 30])).toBeLessThan(CRITICAL_CHI_SQUARED[1] ?? 0);
    expect(chiSquared([rivalOfParts, together], [70, 30])).toBeLessThan(CRITICAL_CHI_SQUARED[1] ?? 0);
    expect(chiSquaredOfTwo([rival, whole], [rivalOfParts, together])).toBeLessThan(CRITICAL_CHI_SQUARED[1] ?? 0);
  });

  test("whatever a rival's score is, the chance to stay behind it is the same for the parts as for the whole", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.nat(),
        (parts, rivalStake, serial) => {
          const rival = scoreOf(weightOf(toHex(sha256OfText(`rival ${serial}`))), rivalStake);
          const whole = parts.reduce((sum, part) => sum + part, 0);
          const ofParts = parts.reduce((product, part) => product * chanceToStayBehind(rival, part), 1);
          expect(Math.abs(ofParts - chanceToStayBehind(rival, whole))).toBeLessThan(1e-11);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** The share of all tickets whose score with this stake is not below the rival's: found by halving, as scores grow with tickets. */
function chanceToStayBehind(rival: bigint, stake: number): number {
  const BITS = 44;
  let first = 0n;
  for (let bit = 1n << BigInt(BITS - 1); bit > 0n; bit >>= 1n) {
    const ticket = ((first + bit) << BigInt(256 - BITS)).toString(16).padStart(64, "0");
    if (scoreOf(weightOf(ticket), stake) < rival) first += bit;
  }
  return 1 - Number(first) / 2 ** BITS;
}
