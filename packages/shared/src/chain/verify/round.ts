import type { Check } from "../../rules/check.ts";

/** Rule `round`: grows strictly from block to block (SPEC §6, §7). */
export const checkRound: Check = {
  rule: "round",
  find: ({ tip, block }) =>
    block.round > tip.round ? undefined : { expected: `a round after ${tip.round}`, actual: block.round },
};
