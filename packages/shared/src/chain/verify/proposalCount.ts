import { type Check, differs } from "../../rules/check.ts";

/** Rule `proposalCount`, in full mode: all accepted proposals of the round, slashed authors' too (SPEC §6, §7). */
export const checkProposalCount: Check = {
  rule: "proposalCount",
  find: ({ proposals, block }) => differs(proposals.length, block.proposalCount),
};
