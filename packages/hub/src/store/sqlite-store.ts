import { basename } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Network } from "pos-shared/chain/network.ts";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { writeBackup } from "./backup.ts";
import { checkStoredState } from "./check-stored-state.ts";
import { type CommitMark, findMissing } from "./commit-mark.ts";
import { createChain } from "./create-chain.ts";
import { makeDatabase, openDatabase } from "./database.ts";
import { RecordWriter } from "./record-writer.ts";
import type { BlockPage, Store, StoredState } from "./store.ts";
import { asStoreErrors, StoreError } from "./store-error.ts";
import { StoreReader } from "./store-reader.ts";
import { type InTransaction, transactionsOn } from "./transaction.ts";
import { upgradeDatabase } from "./upgrade.ts";

/** Deleting many rows at once would hold up the rounds; what is left over goes at the next call. */
const MAX_PRUNED_ROWS = 20_000;

/**
 * A store that lives in memory, for `--memory` and tests.
 *
 * @throws StoreError
 */
export function openMemoryStore(genesis: Genesis): SqliteStore {
  const database = makeDatabase(":memory:");
  createChain(database, genesis);
  return new SqliteStore(database);
}

/**
 * Opens the store in a file that `createChainFile` made; one of an earlier version is brought up to date.
 *
 * @param companions files that a backup takes along
 * @param mark how far the store had come when it was last written
 * @throws StoreError
 */
export function openSqliteStore(path: string, companions: readonly string[] = [], mark?: CommitMark): SqliteStore {
  const database = openDatabase(path);
  try {
    const reader = new StoreReader(database);
    upgradeDatabase(database, reader, path);
    return new SqliteStore(database, path, companions, mark, reader);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** The one implementation of {@link Store}: a SQLite database of one writer, with any number of readers beside it. */
export class SqliteStore implements Store {
  readonly network: Network;
  readonly genesis: Genesis;
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #companions: readonly string[];
  readonly #reader: StoreReader;
  readonly #writer: RecordWriter;
  readonly #inTransaction: InTransaction;
  readonly #pruning: ReturnType<typeof preparePruning>;
  readonly #mark: CommitMark | undefined;
  readonly #count: StatementSync;
  readonly #forget: StatementSync;
  #commits: number;
  #index: number;
  #isClosed = false;

  /**
   * @param database with the tables of this version
   * @param reader one on the same database, where there is one already
   * @throws StoreError
   */
  constructor(
    database: DatabaseSync,
    path = "chain.db",
    companions: readonly string[] = [],
    mark?: CommitMark,
    reader = new StoreReader(database),
  ) {
    this.#database = database;
    this.#path = path;
    this.#companions = companions;
    this.#reader = reader;
    this.#writer = asStoreErrors(() => new RecordWriter(database));
    this.#inTransaction = transactionsOn(database);
    this.#pruning = asStoreErrors(() => preparePruning(database));
    this.#mark = mark;
    this.#count = asStoreErrors(() => database.prepare("UPDATE commits SET number = ?"));
    this.#forget = asStoreErrors(() => database.prepare("DELETE FROM proposals WHERE round = ?"));
    this.#commits = this.#reader.readCommits();
    this.#index = this.#reader.readTip()?.index ?? 0;
    this.network = this.#reader.network;
    this.genesis = this.network.genesis;
  }

  readonly load = (): StoredState => {
    const state = this.#reader.readState();
    checkStoredState(this.network, state);
    this.#checkMark();
    return state;
  };

  readonly commit = (records: readonly PersistRecord[]): void => {
    if (records.length > 0) this.#commit(records, () => {});
  };

  readonly commitRestored: Store["commitRestored"] = (record) =>
    this.#commit([record], () => this.#forget.run(record.block.round));

  #commit(records: readonly PersistRecord[], before: () => void): void {
    this.#inTransaction(() => {
      before();
      for (const record of records) this.#writer.write(record);
      this.#count.get(this.#commits + 1);
    });
    this.#commits += 1;
    for (const record of records) if (record.kind === "block") this.#index = record.block.index;
    this.#mark?.write({ commits: this.#commits, index: this.#index });
  }

  /** This store is what there is, whatever it held before. */
  readonly acceptAsIs = (): void => this.#mark?.write({ commits: this.#commits, index: this.#index });

  readonly readBlocks = (from: number, limit: number, maxBytes: number): readonly string[] =>
    this.#reader.readBlocks(from, limit, maxBytes);

  readonly readBlockPage = (from: number, limit: number, maxBytes: number): BlockPage =>
    this.#reader.readBlockPage(from, limit, maxBytes);

  readonly sizeOfBlock = (index: number): number => this.#reader.sizeOfBlock(index);

  readonly findBlock = (index: number): Block | undefined => this.#reader.findBlock(index);

  readonly seedAfter = (blockHash: Hex): Hex | undefined => this.#reader.seedAfter(blockHash);

  readonly readProposals = (round: number): readonly string[] | undefined => this.#reader.readProposals(round);

  readonly winsOf = (): ReadonlyMap<Hex, number> => this.#reader.winsOf();

  /** At most so many rows a call; what `beforeRound` excludes is out of reach from the first call on. */
  readonly pruneProposals = (beforeRound: number): void => {
    const { oldest, mark, remove } = this.#pruning;
    const isNeeded = asStoreErrors(() => oldest.get(beforeRound) !== undefined);
    if (!isNeeded) return;
    this.#inTransaction(() => {
      mark.run(beforeRound);
      remove.run(beforeRound, MAX_PRUNED_ROWS);
    });
  };

  readonly backup = async (directory: string): Promise<void> => {
    writeBackup(this.#database, basename(this.#path), this.#companions, directory);
  };

  readonly close = (): void => {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#mark?.close();
    asStoreErrors(() => this.#database.close());
  };

  #checkMark(): void {
    const fault = findMissing(this.#mark?.read(), { commits: this.#commits, index: this.#index });
    if (fault !== undefined) throw new StoreError(fault);
  }
}

function preparePruning(database: DatabaseSync): Record<"oldest" | "mark" | "remove", StatementSync> {
  return {
    oldest: database.prepare("SELECT 1 FROM proposals WHERE round < ? LIMIT 1"),
    mark: database.prepare("UPDATE state SET pruned_before = max(pruned_before, ?)"),
    remove: database.prepare(
      "DELETE FROM proposals WHERE arrival IN (SELECT arrival FROM proposals WHERE round < ? ORDER BY round LIMIT ?)",
    ),
  };
}
