import { EMPTY_DIGEST_MAP, setDigest } from "../../ledger/digest-map.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { processDueEntries } from "../../ledger/mature.ts";
import { applyTransaction, type TransactionContext } from "../apply-transaction.ts";
import { type ChainState, withKnownSeeds } from "../chain-state.ts";
import type { Aside, Batch, RoundParams, RoundState, Waiting } from "./round-state.ts";

/** How transactions are checked on top of a chain for a round. */
export function transactionContext(params: RoundParams, chain: ChainState, round: number): TransactionContext {
  return { network: params.network, round, seedAfter: withKnownSeeds(params.network, chain.tip, params.seedAfter) };
}

/** The same for those that wait: their signatures and evidence were checked when they came. */
export function waitingContext(params: RoundParams, chain: ChainState, round: number): TransactionContext {
  return { ...transactionContext(params, chain, round), trusted: true };
}

/** A batch of the round after `ledger`'s, without transactions yet. */
export function emptyBatch(ledger: Ledger, round: number): Batch {
  return { round, ledger: processDueEntries(ledger, round), waiting: [], aside: [] };
}

/**
 * Lays waiting transactions on a ledger anew, each in its batch, from `firstRound` on. What became invalid in its place
 * meanwhile is set aside.
 *
 * @param waiting by round, and within one in order of arrival
 */
export function rebase(
  params: RoundParams,
  chain: ChainState,
  firstRound: number,
  waiting: readonly Waiting[],
): [Batch, ...Batch[]] {
  let context = waitingContext(params, chain, firstRound);
  let ledger = processDueEntries(chain.ledger, firstRound);
  // Lists of one batch that grow in place: copied at each transaction, a full batch would cost millions of copies.
  let ofRound: Waiting[] = [];
  let aside: Aside[] = [];
  const full: Batch[] = [];
  for (const item of waiting) {
    while (context.round < item.round) {
      full.push({ round: context.round, ledger, waiting: ofRound, aside });
      ofRound = [];
      aside = [];
      context = waitingContext(params, chain, context.round + 1);
      ledger = processDueEntries(ledger, context.round);
    }
    ofRound.push(item);
    const applied = applyTransaction(context, ledger, item.transaction);
    if (applied.ok) ledger = applied.value;
    else aside.push({ waiting: item, fault: applied.error });
  }
  const last: Batch = { round: context.round, ledger, waiting: ofRound, aside };
  const [first = last, ...others] = full;
  return first === last ? [last] : [first, ...others, last];
}

/** Those of a batch that hold in their places, in order. */
export function holdingOf({ waiting, aside }: Batch): readonly Waiting[] {
  if (aside.length === 0) return waiting;
  const excluded = new Set(aside.map((item) => item.waiting));
  return waiting.filter((item) => !excluded.has(item));
}

/** All waiting transactions, by round, and within one in order of arrival. */
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
