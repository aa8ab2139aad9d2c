import type { Hex } from "../../encoding/hex.ts";
import { type Ledger, stakeOf } from "../../ledger/ledger.ts";
import type { Transaction } from "../../model/transaction.ts";
import type { RuleRound } from "../../rules/consensus-rule.ts";
import { authorOf } from "../apply-transaction.ts";

/** The draw with the stakes that these keys have in a ledger. */
export function followStakes(draw: RuleRound, ledger: Ledger, keys: readonly Hex[]): RuleRound {
  return keys.reduce((current, key) => current.reviseStake(key, stakeOf(ledger, key)), draw);
}

/** Whose stake, name or nonce a transaction changes; that a transfer pays somebody changes none of these. */
export function keyTouchedBy(transaction: Transaction): Hex {
  return transaction.type === "slash" ? authorOf(transaction.evidence) : transaction.publicKey;
}
