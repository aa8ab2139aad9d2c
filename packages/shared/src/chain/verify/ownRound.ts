import type { Finding, Held, Tip } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";

/**
 * Rule `ownRound`: a receipt for a proposal of round r, and an opening of a later round (or a block of one) on a tip
 * without a block of round r, proves a suppressed round (SPEC §7).
 */
export const checkOwnRound = {
  rule: "ownRound",
  find: ({ held, tip, block }: BlockContext): Finding | undefined => findSuppressedRound(held, tip, block.round),
} as const;

/** @param blockRound round of the block that follows the tip; 0 where there is none yet */
export function findSuppressedRound(held: Held, tip: Tip, blockRound: number): Finding | undefined {
  const latest = latestRoundOn(held, tip, blockRound);
  const suppressed = held.proposals.find(({ receipt }) => receipt.round > tip.round && receipt.round < latest);
  return suppressed === undefined
    ? undefined
    : { expected: `a block of round ${suppressed.receipt.round}`, actual: "none", about: suppressed.receipt.leaf };
}

/** The latest round that the hub opened or sealed on this tip. */
export function latestRoundOn(held: Held, tip: Tip, blockRound: number): number {
  return held.openings.reduce(
    (latest, { prevHash, round }) => (prevHash === tip.hash && round > latest ? round : latest),
    blockRound,
  );
}
