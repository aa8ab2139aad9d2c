import { leafHash } from "../../crypto/merkle.ts";
import { toHex } from "../../encoding/hex.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { processDueEntries } from "../../ledger/mature.ts";
import type { ReceiptedTransaction } from "../../model/receipt.ts";
import type { Finding, Held, Tip } from "../../rules/check.ts";
import { applyTransaction, type TransactionContext } from "../apply-transaction.ts";
import type { BlockContext } from "../block-context.ts";
import { latestRoundOn } from "./ownRound.ts";

/**
 * Rule `ownTransaction`: a transaction with a receipt for round r is in the block of round r, unless it is no longer
 * applicable after that block's transactions; and a round with a receipted transaction that still holds does not end
 * without a block (SPEC §7).
 */
export const checkOwnTransaction = {
  rule: "ownTransaction",
  find: (context: BlockContext): Finding | undefined =>
    findMissing(context) ??
    findUnrecordedRound(
      context.held,
      context.tip,
      context.ledgerAtTip,
      context.block.round,
      context.transactionContext,
    ),
} as const;

function findMissing({ held, block, transactionContext, ledgerAfterTransactions }: BlockContext): Finding | undefined {
  const ofRound = held.transactions.filter(({ receipt }) => receipt.round === block.round);
  if (ofRound.length === 0) return undefined;
  const recorded = new Set(block.transactions.map((transaction) => toHex(leafHash(transaction))));
  const missing = ofRound.find(
    ({ receipt, transaction }) =>
      !recorded.has(receipt.tx) && applyTransaction(transactionContext, ledgerAfterTransactions, transaction).ok,
  );
  return missing === undefined
    ? undefined
    : { expected: `transaction ${missing.receipt.tx}`, actual: "missing", about: missing.receipt.tx };
}

/** @param blockRound round of the block that follows the tip; 0 where there is none yet */
export function findUnrecordedRound(
  held: Held,
  tip: Tip,
  ledger: Ledger,
  blockRound: number,
  context: TransactionContext,
): Finding | undefined {
  const latest = latestRoundOn(held, tip, blockRound);
  const stillHolds = ({ transaction, receipt: { round } }: ReceiptedTransaction): boolean =>
    applyTransaction({ ...context, round }, processDueEntries(ledger, round), transaction).ok;
  const lost = held.transactions.find(
    (own) => own.receipt.round > tip.round && own.receipt.round < latest && stillHolds(own),
  );
  return lost === undefined
    ? undefined
    : { expected: `a block of round ${lost.receipt.round}`, actual: "none", about: lost.receipt.tx };
}
