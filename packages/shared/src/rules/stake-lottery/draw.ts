import { stakeOf } from "../../ledger/ledger.ts";
import { compareEntries, drawEntry } from "../../lottery/entry.ts";
import { type Check, differs } from "../check.ts";

/** Rule `draw`, in full mode: the recorded winner is the lowest of all eligible proposals (SPEC §5, §7). */
export const checkDraw: Check = {
  rule: "draw",
  find: ({ chainId, block, proposals, ledgerAfterTransactions }) => {
    const [lowest] = proposals
      .map((proposal) => ({ proposal, stake: stakeOf(ledgerAfterTransactions, proposal.publicKey) }))
      .filter(({ stake }) => stake > 0)
      .map(({ proposal, stake }) => drawEntry(chainId, block.draw.beacon.output, proposal, stake))
      .sort(compareEntries);
    return differs(lowest?.proposal.publicKey ?? "no winner", block.proposal?.publicKey ?? "no winner");
  },
};
