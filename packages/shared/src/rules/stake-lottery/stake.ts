import { stakeOf } from "../../ledger/ledger.ts";
import type { Check, Finding } from "../check.ts";

/**
 * Rule `stake`: the winner's bonded stake after the transactions, at least 1 token; stake ≤ eligibleStake ≤ Σ bonded;
 * both 0 without a winner (SPEC §7).
 */
export const checkStake: Check = {
  rule: "stake",
  find: ({ block, ledgerAfterTransactions }): Finding | undefined => {
    const { stake, eligibleStake } = block.draw;
    if (block.proposal === null) {
      return stake === 0 && eligibleStake === 0
        ? undefined
        : { expected: "0 of 0", actual: `${stake} of ${eligibleStake}` };
    }
    const bonded = stakeOf(ledgerAfterTransactions, block.proposal.publicKey);
    if (bonded === 0) return { expected: "a winner with bonded stake", actual: `${stake}, though nothing is bonded` };
    if (stake !== bonded) return { expected: bonded, actual: stake };
    const all = ledgerAfterTransactions.totals.bonded;
    return eligibleStake >= stake && eligibleStake <= all
      ? undefined
      : { expected: `an eligible stake of ${stake} to ${all}`, actual: eligibleStake };
  },
};
