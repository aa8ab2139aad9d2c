import { leafHashOfText, merkleRoot } from "../../crypto/merkle.ts";
import { canonicalize } from "../../encoding/canonical-json.ts";
import type { Hex } from "../../encoding/hex.ts";
import type { Proposal } from "../../model/proposal.ts";
import { differs, type Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";
import type { CheckedProposal } from "../check-proposal.ts";

/** Rule `proposalsRoot`, in full mode: the Merkle root over all proposals by ascending public key (SPEC §6, §7). */
export const checkProposalsRoot = {
  rule: "proposalsRoot",
  find: ({ checkedProposals, block }: BlockContext): Finding | undefined => {
    // Rule `proposals` comes before this one: all of them hold.
    const held = checkedProposals.flatMap((checked) => (checked.ok ? [checked.value] : []));
    return differs(rootOf(held), block.proposalsRoot);
  },
} as const;

/** The Merkle root over a round's accepted proposals, in whatever order they are given. */
export function computeProposalsRoot(proposals: readonly Proposal[]): Hex {
  return rootOf(proposals.map((proposal) => ({ proposal, text: canonicalize(proposal) })));
}

/** The order of the tree is that of ascending public keys. */
function rootOf(proposals: readonly CheckedProposal[]): Hex {
  const sorted = [...proposals].sort((a, b) => (a.proposal.publicKey < b.proposal.publicKey ? -1 : 1));
  return merkleRoot(sorted.map(({ text }) => leafHashOfText(text)));
}
