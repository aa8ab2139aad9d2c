import type { Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";
import { checkProposal as findProposalFault } from "../check-proposal.ts";

/** Rule `proposal`: the winner's: form, round, prevHash, bpm range, signature (SPEC §4, §7). */
export const checkWinningProposal = {
  rule: "proposal",
  find: ({ network, block, tip }: BlockContext): Finding | undefined => {
    if (block.proposal === null) return undefined;
    const checked = findProposalFault(network, block.proposal, block.round, tip.hash);
    if (checked.ok) return undefined;
    const { code, path, expected, actual } = checked.error;
    return {
      expected: expected ?? "a valid proposal",
      actual: `${code}${path === undefined ? "" : ` at ${path}`}: ${actual ?? "not"}`,
    };
  },
} as const;
