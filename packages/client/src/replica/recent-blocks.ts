import type { Ledger } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";

/** A block whole, with what it takes to show its draw again. */
export interface RecentBlock {
  readonly block: Block;
  /** All of its round, where they were checked; else those that were pushed with it. */
  readonly proposals: readonly Proposal[];
  readonly hasAllProposals: boolean;
  /** Stakes of its draw: the ledger after the block. */
  readonly ledger: Ledger;
}

/** How many of the newest blocks are kept whole. */
export const KEPT_BLOCKS = 256;

/** The newest blocks that a client keeps whole, by index. */
export class RecentBlocks {
  readonly #byIndex = new Map<number, RecentBlock>();

  add(recent: RecentBlock): void {
    this.#byIndex.set(recent.block.index, recent);
    // A map lists its keys in the order of their first setting, which is that of the chain.
    const oldest = this.#byIndex.keys().next();
    if (this.#byIndex.size > KEPT_BLOCKS && !oldest.done) this.#byIndex.delete(oldest.value);
  }

  get(index: number): RecentBlock | undefined {
    return this.#byIndex.get(index);
  }

  clear(): void {
    this.#byIndex.clear();
  }
}
