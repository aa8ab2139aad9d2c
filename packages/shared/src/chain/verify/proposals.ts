import type { Hex } from "../../encoding/hex.ts";
import { stakeOf } from "../../ledger/ledger.ts";
import { conforms } from "../../model/form.ts";
import { signedProposalForm } from "../../model/proposal.ts";
import type { Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";

/**
 * Rule `proposals`, in full mode: each one's form, round, prevHash, bpm and signature; one a key; an author with bonded
 * stake once the due entries are in or after any of the block's transactions; one's own where one holds a receipt
 * (SPEC §7). Losers' VRF proofs are not checked.
 */
export const checkProposals = {
  rule: "proposals",
  find: (context: BlockContext): Finding | undefined => {
    const authors = new Set<Hex>();
    for (const [position, checked] of context.checkedProposals.entries()) {
      if (!checked.ok) return unacceptable(context.proposals[position], checked.error.code);
      const { proposal } = checked.value;
      if (authors.has(proposal.publicKey)) return unacceptable(proposal, "a second one of this key");
      if (!wasBonded(context, proposal.publicKey)) return unacceptable(proposal, "NOT_BONDED");
      authors.add(proposal.publicKey);
    }
    const missing = context.held.proposals.find(
      ({ proposal }) =>
        proposal.round === context.block.round &&
        !context.proposals.some(({ signature }) => signature === proposal.signature),
    );
    if (missing === undefined) return undefined;
    const { leaf } = missing.receipt;
    return { expected: `one's own proposal, leaf ${leaf}`, actual: "missing", about: leaf };
  },
} as const;

/** What was served as a proposal may be anything, so that its author is named only where it has its form. */
function unacceptable(proposal: unknown, reason: string): Finding {
  const author = conforms(signedProposalForm, proposal) ? proposal.publicKey : "an unknown author";
  return { expected: "an acceptable proposal", actual: `proposal of ${author}: ${reason}` };
}

function wasBonded({ ledgers, block, ledgerBefore }: BlockContext, publicKey: Hex): boolean {
  if (stakeOf(ledgerBefore, publicKey) > 0) return true;
  if (!ledgers.ok) return false;
  // Only one's own transactions can make one bonded.
  return block.transactions.some((transaction, position) => {
    const ledger = ledgers.value[position + 1];
    const isOwn = transaction.type !== "slash" && transaction.publicKey === publicKey;
    return isOwn && ledger !== undefined && stakeOf(ledger, publicKey) > 0;
  });
}
