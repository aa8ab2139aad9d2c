import { stakeOf } from "../../ledger/ledger.ts";
import { lowestEntry } from "../../lottery/entry.ts";
import { type Check, differs } from "../check.ts";

/** Rule `draw`, in full mode: the recorded winner is the lowest of all eligible proposals (SPEC §5, §7). */
export const checkDraw: Check = {
  rule: "draw",
  find: ({ chainId, block, proposals, ledgerAfterTransactions }) => {
    const taking = proposals
      .map((proposal) => ({ proposal, stake: stakeOf(ledgerAfterTransactions, proposal.publicKey) }))
      .filter(({ stake }) => stake > 0);
    const lowest = lowestEntry(chainId, block.draw.beacon.output, taking);
    return differs(lowest?.proposal.publicKey ?? "no winner", block.proposal?.publicKey ?? "no winner");
  },
};
