import { getAccount, type Ledger } from "../../ledger/ledger.ts";
import type { Account } from "../../model/account.ts";
import type { Draw } from "../../model/block.ts";
import type { Check, Finding } from "../check.ts";

/**
 * Rule `stake`: the winner's bonded stake after the transactions, at least 1 token; stake ≤ eligibleStake ≤ Σ bonded;
 * both 0 without a winner (SPEC §7).
 */
export const checkStake: Check = {
  rule: "stake",
  find: ({ block: { draw, proposal }, ledgerAfterTransactions: ledger }): Finding | undefined => {
    if (proposal !== null) return findStakeFinding(ledger, getAccount(ledger, proposal.publicKey), draw);
    const { stake, eligibleStake } = draw;
    return stake === 0 && eligibleStake === 0
      ? undefined
      : { expected: "0 of 0", actual: `${stake} of ${eligibleStake}` };
  },
};

/** What is wrong with the stakes of a draw that this account has won. */
export function findStakeFinding(
  ledger: Ledger,
  winner: Account | undefined,
  { stake, eligibleStake }: Pick<Draw, "stake" | "eligibleStake">,
): Finding | undefined {
  const bonded = winner === undefined || winner.tombstoned ? 0 : winner.bonded;
  if (bonded === 0) return { expected: "a winner with bonded stake", actual: `${stake}, though nothing is bonded` };
  if (stake !== bonded) return { expected: bonded, actual: stake };
  const all = ledger.totals.bonded;
  return eligibleStake >= stake && eligibleStake <= all
    ? undefined
    : { expected: `an eligible stake of ${stake} to ${all}`, actual: eligibleStake };
}
