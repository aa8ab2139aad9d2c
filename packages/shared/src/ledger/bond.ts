import type { Account } from "../model/account.ts";
import type { Fault } from "../model/fault.ts";
import type { Genesis } from "../model/genesis.ts";
import { MAX_INTEGER, MAX_PENDING_ENTRIES } from "../model/limits.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Bond } from "../model/transaction.ts";
import { type Ledger, positionOfAccount, updateAccount } from "./ledger.ts";
import { push } from "./queue.ts";

/**
 * liquid → bonded; with an activation delay d, unless at this point nobody has anything bonded, into `activating` for
 * round (this block's + d). Refused for a tombstoned account (SPEC §3).
 */
export function processBond(
  genesis: Genesis,
  ledger: Ledger,
  account: Account,
  bond: Bond,
  round: number,
): Result<Ledger, Fault> {
  if (account.tombstoned) return err({ code: "TOMBSTONED", actual: account.name });
  if (bond.amount > account.liquid) {
    return err({ code: "INSUFFICIENT_FUNDS", expected: `at most ${account.liquid}`, actual: bond.amount });
  }
  const paid = { ...account, nonce: account.nonce + 1, liquid: account.liquid - bond.amount };
  if (genesis.activationDelay === 0 || ledger.totals.bonded === 0) {
    return ok(updateAccount(ledger, account, { ...paid, bonded: account.bonded + bond.amount }));
  }
  if (round > MAX_INTEGER - genesis.activationDelay) return err({ code: "ROUND_LIMIT", actual: round });
  if (account.activating.length >= MAX_PENDING_ENTRIES) {
    return err({ code: "TOO_MANY_PENDING", expected: MAX_PENDING_ENTRIES, actual: account.activating.length + 1 });
  }
  const due = round + genesis.activationDelay;
  const after = updateAccount(ledger, account, {
    ...paid,
    activating: [...account.activating, { amount: bond.amount, round: due }],
  });
  return ok({
    ...after,
    activations: push(after.activations, { round: due, position: positionOfAccount(ledger, account) }),
  });
}
