import { boolean, hex, integer, list, name, type Of, record } from "./form.ts";
import { MAX_PENDING_ENTRIES } from "./limits.ts";

const pendingForm = record({ amount: integer(1), round: integer() });

export const accountForm = record({
  publicKey: hex(32),
  name,
  nonce: integer(),
  liquid: integer(),
  bonded: integer(),
  activating: list(pendingForm, MAX_PENDING_ENTRIES),
  unbonding: list(pendingForm, MAX_PENDING_ENTRIES),
  tombstoned: boolean,
});

/** An account exactly as it enters the ledger root (SPEC §3). Amounts in tokens. */
export type Account = Of<typeof accountForm>;

/** An amount on its way: counts as bonded (`activating`) or liquid (`unbonding`) from `round` on. */
export type Pending = Of<typeof pendingForm>;

/** The sum of a list of amounts on their way, in tokens. */
export function sumOf(pending: readonly Pending[]): number {
  let sum = 0;
  for (const entry of pending) sum += entry.amount;
  return sum;
}
