import type { Block } from "pos-shared/model/block.ts";
import { MAX_RESTORE_UNITS } from "pos-shared/protocol/limits.ts";
import type { RequestOf } from "pos-shared/protocol/requests.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";

type Kind = RequestOf<"restore">["kind"];

/**
 * Gives a hub that was restored from an older backup back what it signed and lost, as far as it is here: the blocks
 * after its last one, the opening of the unfinished round, and one's own receipts of it (DESIGN §9). What the hub does
 * not want, another client may have given already.
 */
export async function giveBack(channel: HubChannel, hello: Hello, chain: VerifiedChain): Promise<void> {
  for (const block of lostBlocks(hello.tip.index, chain)) if (!(await give(channel, "block", block))) return;
  const { tip } = chain.head;
  const { openings, proposals, transactions } = chain.held.heldFor(tip, 0);
  const [opening] = openings.filter(({ round }) => round > tip.round).sort((a, b) => b.round - a.round);
  if (opening !== undefined) await give(channel, "opening", opening);
  // A proposal counts only with its author's stake, which one of these may be.
  for (const own of transactions) await give(channel, "transaction", own);
  for (const own of proposals) await give(channel, "proposal", own);
}

/** Those after the hub's last one, if all of them are at hand. */
function lostBlocks(hubIndex: number, { head, recent }: VerifiedChain): readonly Block[] {
  const blocks: Block[] = [];
  for (let index = hubIndex + 1; index <= head.tip.index; index++) {
    const block = recent.get(index)?.block;
    if (block === undefined) return [];
    blocks.push(block);
  }
  return blocks;
}

/** Says false where the hub has not taken it, or the connection has ended. */
async function give(channel: HubChannel, kind: Kind, value: unknown): Promise<boolean> {
  const text = JSON.stringify(value);
  for (let from = 0; from < text.length; from += MAX_RESTORE_UNITS) {
    const piece = text.slice(from, from + MAX_RESTORE_UNITS);
    const isLast = from + MAX_RESTORE_UNITS >= text.length;
    const taken = await channel.request("restore", { kind, text: piece, isLast });
    if (!taken.ok) return false;
  }
  return true;
}
