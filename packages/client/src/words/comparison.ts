/** What came of comparing with somebody else, in plain English. */
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import type { Comparison } from "../replica/compare-tips.ts";

/** @param evidence path of the evidence file, where there is one */
export function sentenceOfComparison(comparison: Comparison, evidence: string | null): string {
  const { result, index, ownHash, otherHash } = comparison;
  const own = ownHash === null ? "" : `${tipWords(ownHash)} (${ownHash})`;
  const other = otherHash === null ? "" : `${tipWords(otherHash)} (${otherHash})`;
  switch (result) {
    case "same":
      return `same: block ${index} is ${own} in both`;
    case "unknown":
      return "unknown: neither knows a block that the other one has; compare again after the next block";
    case "different":
      return `different: ${ownHash === otherHash ? "two openings of one round" : `block ${index} is ${own} here, and ${other} there`}. ${
        evidence === null
          ? "The seal of the block here is no longer at hand, so nothing is proven."
          : `The hub signed both, which proves it dishonest. Evidence: ${evidence}`
      }`;
  }
}

export function comparisonFacts({ result, index, ownHash, otherHash }: Comparison): object {
  return {
    result,
    index,
    own: ownHash === null ? null : { hash: ownHash, words: tipWords(ownHash) },
    other: otherHash === null ? null : { hash: otherHash, words: tipWords(otherHash) },
  };
}
