import { stakeOf } from "../../ledger/ledger.ts";
import { type Check, differs } from "../check.ts";

/** Rule `eligibleStake`, in full mode: the sum over the proposals that took part; a hidden winner fails here (SPEC §7). */
export const checkEligibleStake: Check = {
  rule: "eligibleStake",
  find: ({ block, proposals, ledgerAfterTransactions }) => {
    const sum = proposals.reduce((total, { publicKey }) => total + stakeOf(ledgerAfterTransactions, publicKey), 0);
    return differs(sum, block.draw.eligibleStake);
  },
};
