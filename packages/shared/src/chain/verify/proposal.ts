import { getAccount } from "../../ledger/ledger.ts";
import { findFault } from "../../model/form.ts";
import { proposalForm } from "../../model/proposal.ts";
import type { Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";
import { checkProposal as findProposalFault } from "../check-proposal.ts";
import { findingOfFault } from "../finding-of-fault.ts";

/** Rule `proposal`: the winner's: form, round, prevHash, bpm range, signature (SPEC §4, §7). */
export const checkWinningProposal = {
  rule: "proposal",
  find: ({ network, block, tip }: BlockContext): Finding | undefined => {
    if (block.proposal === null) return undefined;
    const checked = findProposalFault(network, block.proposal, block.round, tip.hash);
    return checked.ok ? undefined : findingOfFault(checked.error);
  },
} as const;

/**
 * The same rule in depth `links`, where the signature is not looked at yet: the amounts can only be worked out if the
 * proposal has its form and its author an account.
 */
export const checkWinnerOnTrust = {
  rule: "proposal",
  find: ({ block, ledgerAfterTransactions }: BlockContext): Finding | undefined => {
    if (block.proposal === null) return undefined;
    const fault = findFault(proposalForm, block.proposal, "proposal");
    if (fault !== undefined) return { expected: `${fault.path}: ${fault.expected}`, actual: fault.actual };
    return getAccount(ledgerAfterTransactions, block.proposal.publicKey) === undefined
      ? { expected: "a winner with an account", actual: block.proposal.publicKey }
      : undefined;
  },
} as const;
