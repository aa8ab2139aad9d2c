import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { err, type Result } from "pos-shared/model/result.ts";
import { type IdentityError, storageFailure } from "./identity-error.ts";

const MAX_WAIT_MS = 30_000;
const SQLITE_BUSY = 5;

/**
 * Runs `action` while no other process runs one for the same folder. The kernel holds the lock (SQLite's, on an empty
 * database) and drops it with its process, so there is no stale one to judge, however the process ends.
 *
 * @param folder must be there
 */
export function withFolderMutex<T>(folder: string, action: () => Result<T, IdentityError>): Result<T, IdentityError> {
  const path = join(folder, "mutex.db");
  let database: DatabaseSync | undefined;
  try {
    // SQLite would make it readable for others.
    closeSync(openSync(path, "a", 0o600));
    database = new DatabaseSync(path);
    database.exec(`PRAGMA busy_timeout = ${MAX_WAIT_MS}; BEGIN IMMEDIATE;`);
  } catch (error) {
    database?.close();
    return err(lockFailure(error, folder, path));
  }
  try {
    return action();
  } finally {
    database.close();
  }
}

function lockFailure(thrown: unknown, folder: string, path: string): IdentityError {
  if (!(thrown instanceof Error) || !("errcode" in thrown)) return storageFailure(thrown, path);
  if (thrown.errcode === SQLITE_BUSY) return { code: "IDENTITIES_BUSY", folder };
  return { code: "IDENTITY_STORAGE_FAILED", path, reason: thrown.message };
}
