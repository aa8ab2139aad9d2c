import { stakeOf } from "../../ledger/ledger.ts";
import { compareEntries, drawEntry } from "../../lottery/entry.ts";
import type { Check, CheckContext, Finding } from "../check.ts";

/**
 * Rule `ownScore`: where the verifier holds a receipt for its own proposal of this round and was still eligible, there
 * is a winner, and its own score does not rank before the winner's (SPEC §7).
 */
export const checkOwnScore: Check = {
  rule: "ownScore",
  find: (context): Finding | undefined => {
    for (const { proposal, receipt } of context.held.proposals) {
      if (proposal.round !== context.block.round) continue;
      const stake = stakeOf(context.ledgerAfterTransactions, proposal.publicKey);
      if (stake === 0) continue;
      const finding = findOwnScore(context, proposal, stake);
      if (finding !== undefined) return { ...finding, about: receipt.leaf };
    }
    return undefined;
  },
};

function findOwnScore(
  { chainId, block }: CheckContext,
  own: CheckContext["held"]["proposals"][number]["proposal"],
  ownStake: number,
): Finding | undefined {
  if (block.proposal === null) return { expected: "a winner, as a proposal was receipted", actual: "no winner" };
  const beacon = block.draw.beacon.output;
  const ownEntry = drawEntry(chainId, beacon, own, ownStake);
  const winner = drawEntry(chainId, beacon, block.proposal, block.draw.stake);
  return compareEntries(ownEntry, winner) < 0
    ? { expected: `a winner with a score of at most ${ownEntry.score}, one's own`, actual: String(winner.score) }
    : undefined;
}
