import { type Account, sumOf } from "../model/account.ts";
import { type Ledger, updateAccount } from "./ledger.ts";

/** Tokens that a slash would take from an account: bonded, activating and unbonding. */
export function slashableOf(account: Account): number {
  return account.bonded + sumOf(account.activating) + sumOf(account.unbonding);
}

/** Slashes an account: burns what is bonded, activating and unbonding, and tombstones it. Its liquid stays usable (SPEC §3). */
export function burnStake(ledger: Ledger, account: Account): Ledger {
  const after = updateAccount(ledger, account, {
    ...account,
    bonded: 0,
    activating: [],
    unbonding: [],
    tombstoned: true,
  });
  return { ...after, burned: after.burned + slashableOf(account) };
}
