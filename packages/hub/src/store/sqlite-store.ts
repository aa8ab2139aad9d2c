import { basename } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { accountsOf, genesisLedger } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { writeBackup } from "./backup.ts";
import { checkStoredState } from "./check-stored-state.ts";
import { checkSchemaVersion, openDatabase } from "./database.ts";
import { RecordWriter } from "./record-writer.ts";
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import type { Store, StoredState } from "./store.ts";
import { asStoreErrors, toStoreError } from "./store-error.ts";
import { StoreReader } from "./store-reader.ts";

/** Deleting many rows at once would hold up the rounds; what is left over goes at the next call. */
const MAX_PRUNED_ROWS = 20_000;

/**
 * A store that lives in memory, for `--memory` and tests.
 *
 * @throws StoreError
 */
export function openMemoryStore(genesis: Genesis): SqliteStore {
  const database = openDatabase(":memory:");
  createChain(database, genesis);
  return new SqliteStore(database);
}

/**
 * Opens the store in a file that {@link createChain} made.
 *
 * @param companions files that a backup takes along
 * @throws StoreError
 */
export function openSqliteStore(path: string, companions: readonly string[] = []): SqliteStore {
  const database = openDatabase(path);
  try {
    return new SqliteStore(database, path, companions);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/**
 * Fills an empty database with a new chain, whole or not at all.
 *
 * @throws StoreError
 */
export function createChain(database: DatabaseSync, genesis: Genesis): void {
  inTransaction(database, () => {
    database.exec(SCHEMA);
    const ledger = genesisLedger(genesis);
    database
      .prepare("INSERT INTO state VALUES (1, ?, ?, ?, 0, NULL, 0)")
      .run(JSON.stringify(genesis), ledger.minted, ledger.burned);
    const insert = database.prepare("INSERT INTO accounts (position, public_key, json) VALUES (?, ?, ?)");
    for (const [position, account] of accountsOf(ledger).entries()) {
      insert.run(position, account.publicKey, JSON.stringify(account));
    }
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

/** The one implementation of {@link Store}: a SQLite database of one writer, with any number of readers beside it. */
export class SqliteStore implements Store {
  readonly genesis: Genesis;
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #companions: readonly string[];
  readonly #reader: StoreReader;
  readonly #writer: RecordWriter;
  readonly #pruning: ReturnType<typeof preparePruning>;

  /** @throws StoreError */
  constructor(database: DatabaseSync, path = "chain.db", companions: readonly string[] = []) {
    checkSchemaVersion(database);
    this.#database = database;
    this.#path = path;
    this.#companions = companions;
    this.#reader = new StoreReader(database);
    this.#writer = asStoreErrors(() => new RecordWriter(database));
    this.#pruning = asStoreErrors(() => preparePruning(database));
    this.genesis = this.#reader.genesis;
  }

  readonly load = (): StoredState => {
    const state = this.#reader.readState();
    checkStoredState(this.genesis, state);
    return state;
  };

  readonly commit = (records: readonly PersistRecord[]): void => {
    if (records.length === 0) return;
    inTransaction(this.#database, () => {
      for (const record of records) this.#writer.write(record);
    });
  };

  readonly readBlocks = (from: number, limit: number, maxBytes: number): readonly string[] =>
    this.#reader.readBlocks(from, limit, maxBytes);

  readonly findBlock = (index: number): Block | undefined => this.#reader.findBlock(index);

  readonly seedAfter = (blockHash: Hex): Hex | undefined => this.#reader.seedAfter(blockHash);

  readonly readProposals = (round: number): readonly string[] | undefined => this.#reader.readProposals(round);

  readonly winsOf = (): ReadonlyMap<Hex, number> => this.#reader.winsOf();

  /** At most so many rows a call; what `beforeRound` excludes is out of reach from the first call on. */
  readonly pruneProposals = (beforeRound: number): void => {
    const { oldest, mark, remove } = this.#pruning;
    const isNeeded = asStoreErrors(() => oldest.get(beforeRound) !== undefined);
    if (!isNeeded) return;
    inTransaction(this.#database, () => {
      mark.run(beforeRound);
      remove.run(beforeRound, MAX_PRUNED_ROWS);
    });
  };

  readonly backup = async (directory: string): Promise<void> => {
    const name = this.#path === ":memory:" ? "chain.db" : basename(this.#path);
    writeBackup(this.#database, name, this.#companions, directory);
  };

  readonly close = (): void => {
    asStoreErrors(() => this.#database.close());
  };
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

/** All of it or none of it; after a failure the database can be used on. */
function inTransaction(database: DatabaseSync, work: () => void): void {
  try {
    database.exec("BEGIN IMMEDIATE");
    work();
    database.exec("COMMIT");
  } catch (thrown) {
    rollBack(database);
    throw toStoreError(thrown);
  }
}

/** SQLite has rolled back by itself after some failures, and says so when asked to do it again. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // Nothing is open, which is what was wanted.
  }
}
