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
  let context = rebaseContext(params, chain, firstRound);
  let ledger = processDueEntries(chain.ledger, firstRound);
  // One list a batch that grows in place: copied at each transaction, a full batch would cost millions of copies.
  let kept: Waiting[] = [];
  const dropped: Dropped[] = [];
  const full: Batch[] = [];
  for (const item of waiting) {
    while (context.round < item.round) {
      full.push({ round: context.round, ledger, waiting: kept });
      kept = [];
      context = rebaseContext(params, chain, context.round + 1);
      ledger = processDueEntries(ledger, context.round);
    }
    const applied = applyTransaction(context, ledger, item.transaction);
    if (applied.ok) {
      ledger = applied.value;
      kept.push(item);
    } else {
      dropped.push({ waiting: item, fault: applied.error });
    }
  }
  const last: Batch = { round: context.round, ledger, waiting: kept };
  const [first = last, ...others] = full;
  const batches: [Batch, ...Batch[]] = first === last ? [last] : [first, ...others, last];
  return { batches, dropped };
}

function rebaseContext(params: RoundParams, chain: ChainState, round: number): TransactionContext {
  return { ...transactionContext(params, chain, round), trusted: true };
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
