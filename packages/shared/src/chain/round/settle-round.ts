import { slashableOf } from "../../ledger/burn.ts";
import { getAccount, type Ledger } from "../../ledger/ledger.ts";
import type { Slash, Transaction } from "../../model/transaction.ts";
import type { RoundOutcome } from "../../rules/consensus-rule.ts";
import { applyTransaction, authorOf, type TransactionContext } from "../apply-transaction.ts";
import { holdingOf, transactionContext, waitingContext } from "./batches.ts";
import type { Broadcast } from "./effects.ts";
import { retryAside } from "./retry-aside.ts";
import type { Aside, OpenRound, RoundParams, RoundState } from "./round-state.ts";
import { followStakes, keyTouchedBy } from "./stakes.ts";

export interface Settled {
  /** What the block carries, in order. */
  readonly transactions: readonly Transaction[];
  /** After them. */
  readonly ledger: Ledger;
  readonly outcome: RoundOutcome;
  /** Promised for the round, and of no effect after its transactions: forgotten for good. */
  readonly dropped: readonly Aside[];
  readonly news: readonly Broadcast[];
}

/**
 * What a round comes to: first the transactions that hold in their places, then those set aside that hold after them, then
 * the draw. Slashes that the draw proves follow (SPEC §5); where something set aside holds only after them, it follows
 * too, and the draw is repeated with the stakes that are then.
 */
export function settleRound(params: RoundParams, state: RoundState, open: OpenRound): Settled {
  const [batch] = state.batches;
  const context = waitingContext(params, state.chain, batch.round);
  const transactions = holdingOf(batch).map(({ transaction }) => transaction);
  const news: Broadcast[] = [];
  let { draw } = open;
  let retried = retryAside(context, batch.ledger, batch.aside);
  for (;;) {
    const late = retried.recorded.map(({ transaction }) => transaction);
    draw = followStakes(draw, retried.ledger, late.map(keyTouchedBy));
    const outcome = draw.close();
    const slashed = applySlashes(transactionContext(params, state.chain, batch.round), retried.ledger, outcome.slashes);
    transactions.push(...late, ...outcome.slashes);
    news.push(...slashed.news);
    const after = retryAside(context, slashed.ledger, outcome.slashes.length === 0 ? [] : retried.aside);
    if (after.recorded.length === 0) {
      return { transactions, ledger: slashed.ledger, outcome, dropped: retried.aside, news };
    }
    draw = followStakes(draw, slashed.ledger, outcome.slashes.map(keyTouchedBy));
    retried = after;
  }
}

function applySlashes(
  context: TransactionContext,
  before: Ledger,
  slashes: readonly Slash[],
): { ledger: Ledger; news: Broadcast[] } {
  let ledger = before;
  const news: Broadcast[] = [];
  for (const slash of slashes) {
    const publicKey = authorOf(slash.evidence);
    const account = getAccount(ledger, publicKey);
    const applied = applyTransaction(context, ledger, slash);
    if (!applied.ok || account === undefined) throw new Error("the draw slashed somebody without proof");
    ledger = applied.value;
    const { name } = account;
    const amount = slashableOf(account);
    news.push({ kind: "slashed", publicKey, name, evidence: slash.evidence.kind, amount, round: context.round });
  }
  return { ledger, news };
}
