import { taggedHash } from "pos-shared/crypto/hash.ts";
import { leafHash, merkleRoot } from "pos-shared/crypto/merkle.ts";
import { type Block, headerOf } from "pos-shared/model/block.ts";
import { asBlock } from "./as-block.ts";
import type { VerifiedChain } from "./verified-chain.ts";

/**
 * A block that was served, if it is the one that the chain has at this index. Its header and transactions are those
 * that were verified; what no hash covers (the seal) was checked then, and may be another one now.
 */
export function blockOfChain({ columns, network }: VerifiedChain, index: number, value: unknown): Block | undefined {
  const block = asBlock(value);
  if (block === undefined) return undefined;
  if (block.index !== index || block.hash !== columns.hashAt(index)) return undefined;
  if (taggedHash("block", network.chainId, headerOf(block)) !== block.hash) return undefined;
  return merkleRoot(block.transactions.map(leafHash)) === block.transactionsRoot ? block : undefined;
}
