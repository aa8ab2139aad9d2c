import { applyTransaction } from "pos-shared/chain/apply-transaction.ts";
import type { ChainState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { getAccount, type Ledger, updateAccount } from "pos-shared/ledger/ledger.ts";
import { processDueEntries } from "pos-shared/ledger/mature.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import type { Transaction } from "pos-shared/model/transaction.ts";

/**
 * One's own account with accepted transactions counted: what the chain says, and on top of it what the hub gave
 * receipts for and no block carries yet. Undefined before the join is accepted.
 *
 * @param openRound the round that is open or opens next
 */
export function ownAccount(
  network: Network,
  { ledger, tip }: ChainState,
  waiting: readonly ReceiptedTransaction[],
  publicKey: Hex,
  openRound: number,
): Account | undefined {
  let working = processDueEntries(ledger, Math.max(openRound, tip.round + 1));
  for (const { transaction, receipt } of [...waiting].sort((a, b) => placeOf(a) - placeOf(b))) {
    const context = { network, round: receipt.round, seedAfter: () => undefined, trusted: true };
    const applied = applyTransaction(context, processDueEntries(working, receipt.round), transaction);
    // What no longer holds will be dropped by the hub too.
    if (applied.ok) working = applied.value;
    else if (applied.error.code === "UNKNOWN_RECIPIENT") working = payNobodyKnown(working, transaction);
  }
  return getAccount(working, publicKey);
}

/** Whoever joined in the open round stands in no block yet; what one pays them is gone all the same. */
function payNobodyKnown(ledger: Ledger, transaction: Transaction): Ledger {
  const payer = transaction.type === "transfer" ? getAccount(ledger, transaction.publicKey) : undefined;
  if (transaction.type !== "transfer" || payer === undefined) return ledger;
  const { amount } = transaction;
  return updateAccount(ledger, payer, { ...payer, nonce: payer.nonce + 1, liquid: payer.liquid - amount });
}

/** The order in which one key's transactions are recorded: the join, then by nonce. */
function placeOf({ transaction }: ReceiptedTransaction): number {
  return "nonce" in transaction ? transaction.nonce : 0;
}
