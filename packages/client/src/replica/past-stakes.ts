import type { Hex } from "pos-shared/encoding/hex.ts";
import { stakeOf } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { blockOfChain } from "./block-of-chain.ts";
import type { BlockSource } from "./block-source.ts";
import type { VerifiedChain } from "./verified-chain.ts";

/** So many blocks are fetched at most. */
const MOST_BLOCKS = 512;

/**
 * The stakes in the draw of an older block, after which no ledger is at hand: what is bonded now, with what the blocks since
 * then changed taken back. Undefined where that cannot be told: the block is too old, or the stakes do not add up to what its
 * draw says, as somebody was slashed since.
 *
 * @param proposals all of its round
 */
export async function pastStakes(
  chain: VerifiedChain,
  block: Block,
  proposals: readonly Proposal[],
  source: BlockSource,
): Promise<((publicKey: Hex) => number) | undefined> {
  const { tip, ledger } = chain.head;
  // With a delay a bond changes the stake in another block than the one that has it.
  if (tip.index - block.index > MOST_BLOCKS || chain.network.genesis.activationDelay > 0) return undefined;
  const changes = await changesOf(chain, block.index + 1, tip.index, source);
  if (changes === undefined) return undefined;
  const stakeThen = (publicKey: Hex): number => stakeOf(ledger, publicKey) - (changes.get(publicKey) ?? 0);
  const eligible = proposals.reduce((sum, { publicKey }) => sum + stakeThen(publicKey), 0);
  const isWinners = block.proposal === null || stakeThen(block.proposal.publicKey) === block.draw.stake;
  return eligible === block.draw.eligibleStake && isWinners ? stakeThen : undefined;
}

/** What blocks, both ends included, added to the stake of each key; undefined where they are not to be had now. */
async function changesOf(
  chain: VerifiedChain,
  from: number,
  to: number,
  source: BlockSource,
): Promise<ReadonlyMap<Hex, number> | undefined> {
  const changes = new Map<Hex, number>();
  for (let index = from; index <= to; ) {
    const page = await source.blocks(index, to - index + 1);
    if (!page.ok || page.value.length === 0) return undefined;
    for (const value of page.value.slice(0, to - index + 1)) {
      const block = blockOfChain(chain, index++, value);
      if (block === undefined) return undefined;
      for (const transaction of block.transactions) {
        if (transaction.type !== "bond" && transaction.type !== "unbond") continue;
        const { type, publicKey, amount } = transaction;
        changes.set(publicKey, (changes.get(publicKey) ?? 0) + (type === "bond" ? amount : -amount));
      }
    }
  }
  return changes;
}
