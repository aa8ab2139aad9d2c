import { addressOf } from "../crypto/keys.ts";
import type { Account } from "../model/account.ts";
import type { Fault } from "../model/fault.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Transfer } from "../model/transaction.ts";
import { getAccountByAddress, type Ledger, updateAccount } from "./ledger.ts";

/** liquid → liquid of an existing account, one's own allowed (SPEC §3). */
export function processTransfer(ledger: Ledger, account: Account, transfer: Transfer): Result<Ledger, Fault> {
  if (getAccountByAddress(ledger, transfer.to) === undefined)
    return err({ code: "UNKNOWN_RECIPIENT", actual: transfer.to });
  if (transfer.amount > account.liquid) {
    return err({ code: "INSUFFICIENT_FUNDS", expected: `at most ${account.liquid}`, actual: transfer.amount });
  }
  const counted = { ...account, nonce: account.nonce + 1 };
  if (addressOf(account.publicKey) === transfer.to) return ok(updateAccount(ledger, account, counted));
  const paid = updateAccount(ledger, account, { ...counted, liquid: account.liquid - transfer.amount });
  const recipient = getAccountByAddress(paid, transfer.to);
  if (recipient === undefined) throw new Error("an account vanished");
  return ok(updateAccount(paid, recipient, { ...recipient, liquid: recipient.liquid + transfer.amount }));
}
