import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { APPLICATION_ID, SCHEMA_VERSION } from "./schema.ts";
import { asStoreErrors, StoreError } from "./store-error.ts";

/** Another connection holds the file for moments only: while it recovers or checkpoints. */
const BUSY_TIMEOUT_MS = 5_000;
/** A log that grew while somebody read for long shrinks to this afterwards. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/**
 * Opens a database for writing: write-ahead log, each commit on disk before it returns (DESIGN §11).
 *
 * @throws StoreError
 */
export function openDatabase(path: string): DatabaseSync {
  return asStoreErrors(() => {
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec(`PRAGMA journal_size_limit = ${MAX_LOG_BYTES}`);
    return database;
  });
}

/**
 * Opens a database for reading, whether a hub writes it meanwhile or not.
 *
 * @throws StoreError
 */
export function openDatabaseToRead(path: string): DatabaseSync {
  return asStoreErrors(() => {
    const database = new DatabaseSync(path, { readOnly: true });
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return database;
  });
}

/**
 * Is this database ours, and of a version that this program reads?
 *
 * @throws StoreError STORE_FOREIGN, STORE_NEWER
 */
export function checkSchemaVersion(database: DatabaseSync): void {
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
  if (version < SCHEMA_VERSION) {
    throw new StoreError({ code: "STORE_DAMAGED", what: "schema version", expected: SCHEMA_VERSION, actual: version });
  }
}

function pragmaOf(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return asStoreErrors(() => integerIn(database.prepare(`PRAGMA ${name}`).get(), name));
}

/** A row as SQLite gives it; a damaged file may hold anything in any column. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One row of a statement that always has one. */
export function oneRow(statement: StatementSync, table: string, ...values: SQLInputValue[]): Row {
  const row = statement.get(...values);
  if (row === undefined)
    throw new StoreError({ code: "STORE_DAMAGED", what: `table ${table}`, expected: "a row", actual: "none" });
  return row;
}

export function textIn(row: Row | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== "string") throw wrongType(column, "text", value);
  return value;
}

export function integerIn(row: Row | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrongType(column, "an integer", value);
  return value;
}

export function nullableTextIn(row: Row, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

function wrongType(column: string, expected: string, actual: unknown): StoreError {
  return new StoreError({ code: "STORE_DAMAGED", what: `column ${column}`, expected, actual: typeof actual });
}
