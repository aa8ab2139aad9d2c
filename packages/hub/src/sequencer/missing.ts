import { emptyBatch, holdingOf, waitingContext } from "pos-shared/chain/round/batches.ts";
import { retryAside } from "pos-shared/chain/round/retry-aside.ts";
import type { RoundParams, RoundState } from "pos-shared/chain/round/round-state.ts";
import { digestValues } from "pos-shared/ledger/digest-map.ts";
import { stakeOf } from "pos-shared/ledger/ledger.ts";

/** What a recovering hub knows that it has lost, and nobody has given back. */
export type Missing =
  /** A block that this hub sealed and a client has shown: its index must not be sealed twice. */
  | { readonly code: "HUB_BEHIND"; readonly index: number }
  /** The stake of a proposal that has a receipt: without it, a block with this proposal breaks rule `proposals` (SPEC §7). */
  | { readonly code: "HUB_INCOMPLETE"; readonly round: number };

/** Is there a proposal in the open round whose author would have no stake in its block (SPEC §7)? */
export function findUnbondedProposal(params: RoundParams, state: RoundState): Missing | undefined {
  const [batch] = state.batches;
  if (state.open === undefined) return undefined;
  const before = emptyBatch(state.chain.ledger, batch.round).ledger;
  const { recorded } = retryAside(waitingContext(params, state.chain, batch.round), batch.ledger, batch.aside);
  const bonding = new Set<string>();
  if (params.network.genesis.activationDelay === 0) {
    for (const { transaction } of [...holdingOf(batch), ...recorded]) {
      if (transaction.type === "bond") bonding.add(transaction.publicKey);
    }
  }
  const isUnbonded = digestValues(state.open.proposals).some(
    ({ proposal: { publicKey } }) => stakeOf(before, publicKey) === 0 && !bonding.has(publicKey),
  );
  return isUnbonded ? { code: "HUB_INCOMPLETE", round: batch.round } : undefined;
}
