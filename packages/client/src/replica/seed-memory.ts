import type { Network } from "pos-shared/chain/network.ts";
import { taggedHash } from "pos-shared/crypto/hash.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { blockForm, headerOf } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";
import { asBlock } from "./as-block.ts";
import type { BlockSource } from "./block-source.ts";
import type { ChainColumns } from "./columns.ts";

/** Those of so many blocks at least. */
const KEPT = 4_096;

/**
 * The seeds that blocks of the chain left, for evidence of a false claim (SPEC §3). Those of the latest blocks are
 * kept; an older one stands in the block that follows, which is fetched when evidence speaks of it.
 */
export class SeedMemory {
  /** Two generations: when the young one is full it becomes the old one, and nothing is ever taken out of either. */
  #young = new Map<Hex, Hex>();
  #old = new Map<Hex, Hex>();
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  add(blockHash: Hex, seed: Hex): void {
    this.#young.set(blockHash, seed);
    if (this.#young.size < KEPT) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  readonly seedAfter = (blockHash: Hex): Hex | undefined => this.#young.get(blockHash) ?? this.#old.get(blockHash);

  /** Sees to it that the seeds are here that a block's evidence needs. Says false if they are not to be had now. */
  async prepare(block: unknown, columns: ChainColumns, source: BlockSource): Promise<boolean> {
    for (const hash of evidenceTips(block)) {
      if (hash === this.#network.chainId || this.seedAfter(hash) !== undefined) continue;
      const index = columns.indexOf(hash);
      // Not of this chain, or the tip, whose seed is known.
      if (index === undefined || index === columns.length) continue;
      const page = await source.blocks(index + 1, 1);
      if (!page.ok) return false;
      const [next] = page.value;
      const seed = this.#seedIn(next, columns.hashAt(index + 1));
      if (seed === undefined) return false;
      this.add(hash, seed);
    }
    return true;
  }

  #seedIn(value: unknown, expectedHash: Hex): Hex | undefined {
    const block = asBlock(value);
    if (block === undefined) return undefined;
    const header = headerOf(block);
    return taggedHash("block", this.#network.chainId, header) === expectedHash ? header.draw.seed : undefined;
  }
}

/** The blocks that evidence in a block builds on. */
function evidenceTips(block: unknown): Hex[] {
  if (!conforms(blockForm, block)) return [];
  return block.transactions.flatMap((transaction) =>
    conforms(transactionForm, transaction) && transaction.type === "slash" && transaction.evidence.kind === "vrf"
      ? [transaction.evidence.proposal.prevHash]
      : [],
  );
}
