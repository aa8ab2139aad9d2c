import type { Check } from "../../rules/check.ts";

/**
 * Rule `timestamp`: never before the previous block's (for block 1: createdAt); equal to the opening's closesAt where
 * the verifier holds the opening of this round (SPEC §6, §7).
 */
export const checkTimestamp: Check = {
  rule: "timestamp",
  find: ({ tip, block, held }) => {
    if (block.timestamp < tip.timestamp) return { expected: `at or after ${tip.timestamp}`, actual: block.timestamp };
    const opening = held.openings.find(({ round, closesAt }) => round === block.round && closesAt !== block.timestamp);
    return opening === undefined ? undefined : { expected: opening.closesAt, actual: block.timestamp };
  },
};
