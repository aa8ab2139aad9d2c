import { checkProposal } from "pos-shared/chain/check-proposal.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";

/** Of what was pushed with a block, what is worth showing: its round's proposals that are right by themselves. */
export function acceptableOf(network: Network, { round, prevHash }: Block, proposals: readonly unknown[]): Proposal[] {
  const checked = proposals.map((proposal) => checkProposal(network, proposal, round, prevHash));
  return checked.flatMap((one) => (one.ok ? [one.value] : []));
}
