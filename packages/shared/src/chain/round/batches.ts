import { EMPTY_DIGEST_MAP, setDigest } from "../../ledger/digest-map.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { processDueEntries } from "../../ledger/mature.ts";
import type { Fault } from "../../model/fault.ts";
import { applyTransaction, type TransactionContext } from "../apply-transaction.ts";
import { type ChainState, withKnownSeeds } from "../chain-state.ts";
import type { Batch, RoundParams, RoundState, Waiting } from "./round-state.ts";

/** A waiting transaction that no longer holds, and why. */
export interface Dropped {
  readonly waiting: Waiting;
  readonly fault: Fault;
}

/** How transactions are checked on top of a chain for a round. */
export function transactionContext(params: RoundParams, chain: ChainState, round: number): TransactionContext {
  return { network: params.network, round, seedAfter: withKnownSeeds(params.network, chain.tip, params.seedAfter) };
}

/** A batch of the round after `ledger`'s, without transactions yet. */
export function emptyBatch(ledger: Ledger, round: number): Batch {
  return { round, ledger: processDueEntries(ledger, round), waiting: [] };
}

/**
 * Lays waiting transactions on a ledger anew, each in its batch, from `firstRound` on. What became invalid meanwhile is
 * dropped (SPEC §6). Signatures were checked when they came.
 */
export function rebase(
  params: RoundParams,
  chain: ChainState,
  firstRound: number,
  waiting: readonly Waiting[],
): { batches: [Batch, ...Batch[]]; dropped: Dropped[] } {
  const first = emptyBatch(chain.ledger, firstRound);
  const batches: [Batch, ...Batch[]] = [first];
  const dropped: Dropped[] = [];
  let last = first;
  for (const item of waiting) {
    while (last.round < item.round) {
      last = emptyBatch(last.ledger, last.round + 1);
      batches.push(last);
    }
    const context = { ...transactionContext(params, chain, last.round), trusted: true };
    const applied = applyTransaction(context, last.ledger, item.transaction);
    if (applied.ok) {
      last = { round: last.round, ledger: applied.value, waiting: [...last.waiting, item] };
      batches[batches.length - 1] = last;
    } else {
      dropped.push({ waiting: item, fault: applied.error });
    }
  }
  return { batches, dropped };
}

/** All waiting transactions, in the order in which they are recorded. */
export function allWaiting(batches: readonly Batch[]): Waiting[] {
  return batches.flatMap((batch) => batch.waiting);
}

/** Waiting transactions by leaf. */
export function indexWaiting(batches: readonly Batch[]): RoundState["waiting"] {
  return allWaiting(batches).reduce<RoundState["waiting"]>(
    (map, item) => setDigest(map, item.leaf, item),
    EMPTY_DIGEST_MAP,
  );
}
