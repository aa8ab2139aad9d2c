import { leafHash, merkleRoot } from "../../crypto/merkle.ts";
import type { Hex } from "../../encoding/hex.ts";
import type { Proposal } from "../../model/proposal.ts";
import { type Check, differs } from "../../rules/check.ts";

/** Rule `proposalsRoot`, in full mode: the Merkle root over all proposals by ascending public key (SPEC §6, §7). */
export const checkProposalsRoot: Check = {
  rule: "proposalsRoot",
  find: ({ proposals, block }) => differs(computeProposalsRoot(proposals), block.proposalsRoot),
};

/** The Merkle root over a round's accepted proposals, in whatever order they are given. */
export function computeProposalsRoot(proposals: readonly Proposal[]): Hex {
  return merkleRoot(sortedByKey(proposals).map(leafHash));
}

/** Proposals in the order of the tree: ascending public key. */
function sortedByKey(proposals: readonly Proposal[]): Proposal[] {
  return [...proposals].sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
}
