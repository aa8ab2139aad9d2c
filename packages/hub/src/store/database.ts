import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { integerIn } from "./rows.ts";
import { APPLICATION_ID, OLDEST_READABLE_VERSION, SCHEMA_VERSION } from "./schema.ts";
import { asStoreErrors, StoreError } from "./store-error.ts";

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
 * Opens a database of ours for writing. Its tables may be those of an earlier version (`upgradeDatabase`). Any other is
 * left as it is.
 *
 * @throws StoreError
 */
export function openDatabase(path: string): DatabaseSync {
  return connect(path, {}, (database) => {
    schemaVersionOf(database);
    prepareToWrite(database);
  });
}

/**
 * Opens a database of ours for reading, whether a hub writes it meanwhile or not.
 *
 * @throws StoreError
 */
export function openDatabaseToRead(path: string): DatabaseSync {
  return connect(path, { readOnly: true }, (database) => void schemaVersionOf(database));
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
 * The version of a database's tables: of one that is ours, and that this program reads.
 *
 * @throws StoreError STORE_FOREIGN, STORE_NEWER, STORE_DAMAGED
 */
export function schemaVersionOf(database: DatabaseSync): number {
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

function pragmaOf(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return asStoreErrors(() => integerIn(database.prepare(`PRAGMA ${name}`).get(), name));
}
