import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { StoreError, toStoreError } from "./store-error.ts";

/**
 * Copies a database while it is in use, as it stands at one moment, with the files that belong to it. Everything is on
 * disk when this returns. `directory` must not exist yet or be empty; what was begun is removed after a failure.
 *
 * @throws StoreError
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
  } catch (thrown) {
    throw new StoreError({ code: "STORE_FAILED", what: messageOf(thrown) }, { cause: thrown });
  }
  if (readdirSync(directory).length > 0) {
    throw new StoreError({ code: "STORE_FAILED", what: `${directory} is not empty` });
  }
  try {
    // One statement, so one moment of the store. (node:sqlite's `backup` starts anew with each write of another process.)
    database.prepare("VACUUM INTO ?").run(join(directory, databaseName));
    syncFile(join(directory, databaseName));
    for (const file of companions) {
      const copy = join(directory, basename(file));
      copyFileSync(file, copy);
      syncFile(copy);
    }
  } catch (thrown) {
    for (const name of readdirSync(directory)) rmSync(join(directory, name));
    if (isNew) rmSync(directory, { recursive: true });
    const error = toStoreError(thrown);
    if (error instanceof StoreError) throw error;
    throw new StoreError({ code: "STORE_FAILED", what: messageOf(thrown) }, { cause: thrown });
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

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
