import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { syncDirectory, syncFile, writeDurably } from "./durable-file.ts";
import { StoreError } from "./store-error.ts";

/** Says of a directory that it is a copy, which may be older than what the hub sealed since. */
export const BACKUP_FILE = "backup.json";

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
  let firstMade: string | undefined;
  try {
    firstMade = mkdirSync(directory, { recursive: true, mode: 0o700 });
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
    // Last, and with it the directory: without this file nobody would see that the others are a copy.
    writeDurably(join(directory, BACKUP_FILE), `${JSON.stringify({ index: tipOf(database) })}\n`, 0o600);
    syncParents(resolve(directory), firstMade);
  } catch (thrown) {
    for (const name of readdirSync(directory)) rmSync(join(directory, name));
    if (isNew) rmSync(directory, { recursive: true });
    throw backupError(directory, thrown);
  }
}

/** Of a directory that was made with those above it, down from `firstMade`: each has its name in the one above. */
function syncParents(directory: string, firstMade: string | undefined): void {
  if (firstMade === undefined) return;
  const top = dirname(resolve(firstMade));
  for (let at = directory; at !== top; at = dirname(at)) syncDirectory(dirname(at));
}

/** Of the copied moment or a later one: it is for people. */
function tipOf(database: DatabaseSync): unknown {
  return database.prepare("SELECT coalesce(max(block_index), 0) AS tip FROM blocks").get()?.tip;
}

function backupError(directory: string, thrown: unknown): StoreError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new StoreError({ code: "BACKUP_FAILED", what: `${directory}: ${reason}` }, { cause: thrown });
}
