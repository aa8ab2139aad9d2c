import type { DatabaseSync } from "node:sqlite";
import { toStoreError } from "./store-error.ts";

/**
 * Does all of some work or none of it; after a failure the database can be used on.
 *
 * @throws StoreError, or what `work` throws
 */
export function inTransaction(database: DatabaseSync, work: () => void): void {
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
