import type { Account } from "../model/account.ts";
import type { Fault } from "../model/fault.ts";
import type { Genesis } from "../model/genesis.ts";
import { MAX_INTEGER, MAX_PENDING_ENTRIES } from "../model/limits.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Unbond } from "../model/transaction.ts";
import { type Ledger, positionOfAccount, updateAccount } from "./ledger.ts";
import { push } from "./queue.ts";

/** bonded → `unbonding`, liquid from round (this block's + unbondingRounds) on; until then it can be slashed (SPEC §3). */
export function processUnbond(
  genesis: Genesis,
  ledger: Ledger,
  account: Account,
  unbond: Unbond,
  round: number,
): Result<Ledger, Fault> {
  if (unbond.amount > account.bonded) {
    return err({ code: "INSUFFICIENT_FUNDS", expected: `at most ${account.bonded}`, actual: unbond.amount });
  }
  if (round > MAX_INTEGER - genesis.unbondingRounds) return err({ code: "ROUND_LIMIT", actual: round });
  if (account.unbonding.length >= MAX_PENDING_ENTRIES) {
    return err({ code: "TOO_MANY_PENDING", expected: MAX_PENDING_ENTRIES, actual: account.unbonding.length + 1 });
  }
  const due = round + genesis.unbondingRounds;
  const after = updateAccount(ledger, account, {
    ...account,
    nonce: account.nonce + 1,
    bonded: account.bonded - unbond.amount,
    unbonding: [...account.unbonding, { amount: unbond.amount, round: due }],
  });
  return ok({ ...after, releases: push(after.releases, { round: due, position: positionOfAccount(ledger, account) }) });
}
