import { describe, expect, test } from "vitest";
import { log2Fixed } from "../../src/lottery/log2.ts";
import { scoreOf, weightOf } from "../../src/lottery/score.ts";
import { describeWithVectors } from "../support/vectors.ts";

interface Vectors {
  readonly scores: {
    readonly cases: readonly {
      readonly what: string;
      readonly ticket: string;
      readonly log2: string;
      readonly scores: readonly { readonly stake: number; readonly score: string }[];
    }[];
  };
}

describeWithVectors<Vectors>("worked-chain.json", ({ scores: { cases } }) => {
  describe("the score of edge tickets (SPEC §5)", () => {
    test.each(cases)("$what", ({ ticket, log2, scores }) => {
      expect(String(log2Fixed((1n << 256n) - BigInt(`0x${ticket}`)))).toBe(log2);
      for (const { stake, score } of scores) expect(String(scoreOf(weightOf(ticket), stake))).toBe(score);
    });
  });
});
