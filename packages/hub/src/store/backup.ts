import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "./store-error.ts";

/**
 * Copies a database while it is in use, as it stands at one moment, with the files that belong to it (those that are
 * there). Everything is on disk when this returns. `directory` must not exist yet or be empty; what was begun is removed
 * after a failure.
 *
 * @throws StoreError BACKUP_FAILED
 */
export function writeBackup(
  database: DatabaseSync,
  databaseName: string,
  companions: readonly string[],
  directory: string,
): void {
  const isNew = !existsSync(directory);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (readdirSync(directory).length > 0) throw new Error("it is not empty");
  } catch (thrown) {
    throw backupError(directory, thrown);
  }
  try {
    // One statement, so one moment of the store. (node:sqlite's `backup` starts anew with each write of another process.)
    database.prepare("VACUUM INTO ?").run(join(directory, databaseName));
    syncFile(join(directory, databaseName));
    for (const file of companions.filter((companion) => existsSync(companion))) {
      const copy = join(directory, basename(file));
      copyFileSync(file, copy);
      syncFile(copy);
    }
  } catch (thrown) {
    for (const name of readdirSync(directory)) rmSync(join(directory, name));
    if (isNew) rmSync(directory, { recursive: true });
    throw backupError(directory, thrown);
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function backupError(directory: string, thrown: unknown): StoreError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new StoreError({ code: "BACKUP_FAILED", what: `${directory}: ${reason}` }, { cause: thrown });
}
