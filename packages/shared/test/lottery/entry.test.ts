import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareEntries, type DrawEntry, drawEntry, lowestEntry, surelyRanksAfter } from "../../src/lottery/entry.ts";
import { scoreOf, weightOf } from "../../src/lottery/score.ts";

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
/** Few values, so that all kinds of ties come up. */
const few = fc.constantFrom("00".repeat(32), `${"00".repeat(31)}01`, "11".repeat(32), `9${"a".repeat(63)}`);
const anyEntry: fc.Arbitrary<DrawEntry> = fc
  .record({ ticket: fc.oneof(few, digest), stake: fc.integer({ min: 1, max: 3 }), publicKey: fc.oneof(few, digest) })
  .map(({ ticket, stake, publicKey }) => ({
    proposal: {
      round: 1,
      prevHash: publicKey,
      bpm: 60,
      publicKey,
      claim: { output: ticket.repeat(2), proof: "00".repeat(80) },
      signature: "00".repeat(64),
    },
    stake,
    ticket,
    score: scoreOf(weightOf(ticket), stake),
  }));

describe("the order of a draw (SPEC §5)", () => {
  test("is by score, then by ticket, then by public key as text", () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (a, b) => {
        const keys = ({ score, ticket, proposal }: DrawEntry) => [score, ticket, proposal.publicKey] as const;
        const differing = keys(a).findIndex((key, i) => key !== keys(b)[i]);
        const expected = differing === -1 ? 0 : (keys(a)[differing] ?? 0) < (keys(b)[differing] ?? 0) ? -1 : 1;
        expect(compareEntries(a, b)).toBe(expected);
        expect(compareEntries(b, a)).toBe(expected === 0 ? 0 : -expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("a higher ticket never has a lower score, more stake never a higher one", () => {
    fc.assert(
      fc.property(digest, digest, fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(2 ** 30), (a, b, stake, more) => {
        const [lower, higher] = a < b ? [a, b] : [b, a];
        expect(scoreOf(weightOf(lower), stake) <= scoreOf(weightOf(higher), stake)).toBe(true);
        expect(scoreOf(weightOf(a), stake + more) <= scoreOf(weightOf(a), stake)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("is known from ticket and stake alone only where the scores say the same", () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (a, b) => {
        if (surelyRanksAfter(a, b)) expect(compareEntries(a, b)).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });

  test("has as its first the one that is first when all are sorted", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyEntry, { selector: ({ proposal }) => proposal.publicKey }),
        digest,
        (field, beacon) => {
          const sorted = field
            .map(({ proposal, stake }) => drawEntry("c".repeat(64), beacon, proposal, stake))
            .sort(compareEntries);
          expect(lowestEntry("c".repeat(64), beacon, field)).toEqual(sorted[0]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
