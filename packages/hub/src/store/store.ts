/** What the hub needs of a store. One implementation: SQLite. */
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { ReceiptedProposal, TransactionReceipt } from "pos-shared/model/receipt.ts";
import type { Transaction } from "pos-shared/model/transaction.ts";

export interface WaitingTransaction {
  readonly round: number;
  readonly leaf: Hex;
  readonly transaction: Transaction;
  readonly receipt: TransactionReceipt;
}

/** Everything that the round machine needs to go on where it stopped. */
export interface StoredState {
  /** The last sealed block, null before the first. */
  readonly block: Block | null;
  /** The seed in force; the chain id before block 1. */
  readonly seed: Hex;
  /** In order of first appearance; those of genesis before block 1. */
  readonly accounts: readonly Account[];
  readonly minted: number;
  readonly burned: number;
  /** The last round that ended, with a block or without; 0 before the first. */
  readonly lastRound: number;
  /** Of the round that was open. */
  readonly opening: Opening | null;
  /** Accepted proposals of that round, in order of arrival. */
  readonly proposals: readonly ReceiptedProposal[];
  /** In the order in which they are recorded: by round, those of a round in order of arrival. */
  readonly transactions: readonly WaitingTransaction[];
}

/** Blocks that follow each other. */
export interface BlockPage {
  readonly count: number;
  /** Their stored JSON texts in UTF-8, with commas between them: bytes that are the reader's alone. */
  readonly text: Buffer;
}

export interface Store {
  readonly genesis: Genesis;
  readonly load: () => StoredState;
  /** Makes all records durable together, or throws a StoreError and keeps none. */
  readonly commit: (records: readonly PersistRecord[]) => void;
  /** Commits a block that came back from a client: what was kept of its round before is not all of it, and goes. */
  readonly commitRestored: (block: Extract<PersistRecord, { readonly kind: "block" }>) => void;
  /** Blocks as stored JSON texts, ascending from an index; stops at `limit` blocks or when `maxBytes` is passed (one block at least). */
  readonly readBlocks: (from: number, limit: number, maxBytes: number) => readonly string[];
  /** The same as one text, as it goes out in a page. */
  readonly readBlockPage: (from: number, limit: number, maxBytes: number) => BlockPage;
  /** How large a block's stored text is, in bytes; 0 where there is no such block. Does not read it. */
  readonly sizeOfBlock: (index: number) => number;
  readonly findBlock: (index: number) => Block | undefined;
  /** The seed in force after a block of this chain. */
  readonly seedAfter: (blockHash: Hex) => Hex | undefined;
  /** Accepted proposals of a round by ascending public key, as stored JSON texts; undefined where they are no longer kept. */
  readonly readProposals: (round: number) => readonly string[] | undefined;
  /** Blocks won, by the winner's address. */
  readonly winsOf: () => ReadonlyMap<Hex, number>;
  /** Forgets proposals of rounds before this one. */
  readonly pruneProposals: (beforeRound: number) => void;
  /** Writes a consistent copy of the data directory while the store is in use. */
  readonly backup: (directory: string) => Promise<void>;
  readonly close: () => void;
}
