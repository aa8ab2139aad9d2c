import { taggedHash } from "pos-shared/crypto/hash.ts";
import { leafHash, merkleRoot } from "pos-shared/crypto/merkle.ts";
import { type Block, blockForm, headerOf } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { VerifiedChain } from "./verified-chain.ts";

/**
 * A block that was served, if it is the one that the chain has at this index. Its header and transactions are those
 * that were verified; what no hash covers (the seal) was checked then, and may be another one now.
 */
export function blockOfChain({ columns, network }: VerifiedChain, index: number, value: unknown): Block | undefined {
  if (!conforms(blockForm, value) || !hasCanonicalForm(value)) return undefined;
  const block = value as Block;
  if (block.index !== index || block.hash !== columns.hashAt(index)) return undefined;
  if (taggedHash("block", network.chainId, headerOf(block)) !== block.hash) return undefined;
  return merkleRoot(block.transactions.map(leafHash)) === block.transactionsRoot ? block : undefined;
}
