import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { integerIn } from "./rows.ts";
import { APPLICATION_ID, OLDEST_READABLE_VERSION, SCHEMA_VERSION, UPGRADES } from "./schema.ts";
import { asStoreErrors, StoreError } from "./store-error.ts";
import { transactionsOn } from "./transaction.ts";

/** Another connection holds the file for moments only: while it recovers or checkpoints. */
const BUSY_TIMEOUT_MS = 5_000;
/** A log that grew while somebody read for long shrinks to this afterwards. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/**
 * Makes an empty database in a file that is not there yet, or in memory: write-ahead log, each commit on disk before it
 * returns (DESIGN §11).
 *
 * @throws StoreError
 */
export function makeDatabase(path: string): DatabaseSync {
  return connect(path, {}, prepareToWrite);
}

/**
 * Opens a database of ours for writing; one of an earlier version is brought up to date. Any other is left as it is.
 *
 * @param onUpgrade told before it is brought up to date, which may take minutes
 * @throws StoreError
 */
export function openDatabase(path: string, onUpgrade: () => void = () => {}): DatabaseSync {
  return connect(path, {}, (database) => {
    const version = checkSchemaVersion(database);
    prepareToWrite(database);
    if (version < SCHEMA_VERSION) {
      onUpgrade();
      upgrade(database, version);
    }
  });
}

/**
 * Opens a database of ours for reading, whether a hub writes it meanwhile or not.
 *
 * @throws StoreError
 */
export function openDatabaseToRead(path: string): DatabaseSync {
  return connect(path, { readOnly: true }, (database) => void checkSchemaVersion(database));
}

function connect(path: string, options: DatabaseSyncOptions, prepare: (database: DatabaseSync) => void): DatabaseSync {
  return asStoreErrors(() => {
    const database = new DatabaseSync(path, options);
    try {
      database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      prepare(database);
    } catch (thrown) {
      database.close();
      throw thrown;
    }
    return database;
  });
}

function prepareToWrite(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(`PRAGMA journal_size_limit = ${MAX_LOG_BYTES}`);
}

/**
 * Is this database ours, and of a version that this program reads?
 *
 * @throws StoreError STORE_FOREIGN, STORE_NEWER
 */
function checkSchemaVersion(database: DatabaseSync): number {
  const applicationId = pragmaOf(database, "application_id");
  if (applicationId !== APPLICATION_ID) {
    throw new StoreError({
      code: "STORE_FOREIGN",
      what: "application id",
      expected: APPLICATION_ID,
      actual: applicationId,
    });
  }
  const version = pragmaOf(database, "user_version");
  if (version > SCHEMA_VERSION) {
    throw new StoreError({ code: "STORE_NEWER", what: "schema version", expected: SCHEMA_VERSION, actual: version });
  }
  if (version < OLDEST_READABLE_VERSION) {
    throw new StoreError({ code: "STORE_DAMAGED", what: "schema version", expected: SCHEMA_VERSION, actual: version });
  }
  return version;
}

/** Whole or not at all, one version after the other. */
function upgrade(database: DatabaseSync, from: number): void {
  transactionsOn(database)(() => {
    for (const step of UPGRADES) if (step.from >= from) database.exec(step.sql);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

function pragmaOf(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return asStoreErrors(() => integerIn(database.prepare(`PRAGMA ${name}`).get(), name));
}
