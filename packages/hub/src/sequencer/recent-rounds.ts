import { leafHash, merkleLevels } from "pos-shared/crypto/merkle.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { Store } from "../store/store.ts";
import type { ProposalsFault } from "./hub-port.ts";

/** The proposals of a block, by ascending public key. */
export class SealedProposals {
  /** JSON as stored. */
  readonly texts: readonly string[];
  #keys: readonly Hex[] | undefined;
  #levels: readonly (readonly Uint8Array[])[] | undefined;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  get keys(): readonly Hex[] {
    this.#hash();
    return this.#keys ?? [];
  }

  /** Of the Merkle tree over them. */
  get levels(): readonly (readonly Uint8Array[])[] {
    this.#hash();
    return this.#levels ?? [];
  }

  #hash(): void {
    if (this.#levels !== undefined) return;
    const proposals = this.texts.map((text) => JSON.parse(text) as Proposal);
    this.#keys = proposals.map(({ publicKey }) => publicKey);
    this.#levels = merkleLevels(proposals.map(leafHash));
  }
}

/**
 * Reads the proposals of blocks, and keeps those of the newest block that was asked for and of the last one: after a
 * round all clients ask for proofs of the same block, and whoever reads a large round reads it page by page. Without
 * that, each page would cost the whole round.
 */
export class RecentRounds {
  readonly #store: Pick<Store, "findBlock" | "readProposals">;
  readonly #kept = new Map<number, SealedProposals>();

  constructor(store: Pick<Store, "findBlock" | "readProposals">) {
    this.#store = store;
  }

  find(index: number): SealedProposals | ProposalsFault {
    const kept = this.#kept.get(index);
    if (kept !== undefined) return kept;
    const block = this.#store.findBlock(index);
    if (block === undefined) return "NOT_FOUND";
    if (block.proposalCount === 0) return new SealedProposals([]);
    const texts = this.#store.readProposals(block.round) ?? [];
    // A block that came back from a client brought no proposals.
    if (texts.length === 0) return "PRUNED";
    const round = new SealedProposals(texts);
    this.#keep(index, round);
    return round;
  }

  #keep(index: number, round: SealedProposals): void {
    const newest = Math.max(index, ...this.#kept.keys());
    for (const other of [...this.#kept.keys()]) if (other !== newest) this.#kept.delete(other);
    this.#kept.set(index, round);
  }
}
