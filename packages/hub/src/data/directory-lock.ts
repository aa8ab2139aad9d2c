import { existsSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { writeDurably } from "../store/durable-file.ts";
import { type DataFault, reasonOf } from "./data-fault.ts";
import type { DataFiles } from "./data-files.ts";
import { readHolder, thisProcess } from "./lock-holder.ts";

export interface DirectoryLock {
  readonly release: () => void;
}

/** Whoever finds the lock taken for a moment, by another's look at it, tries again for so long. */
const PATIENCE_MS = 1_000;
const SQLITE_BUSY = 5;

/**
 * Takes a data directory for this process. The lock is the operating system's, on a file of its own: it has one holder
 * however many start at once, and is free again when the holder's process is gone, `kill -9` included. SQLite asks for
 * it, because Node itself cannot lock a file.
 *
 * @param since now, in ISO 8601
 */
export function lockDirectory(files: DataFiles, since: string): Result<DirectoryLock, DataFault> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(files.lock);
    // Nothing is ever written to it, so no journal is needed beside it.
    database.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; PRAGMA journal_mode = MEMORY`);
    database.exec("BEGIN EXCLUSIVE");
    writeDurably(files.holder, `${JSON.stringify(thisProcess(since))}\n`, 0o600);
  } catch (thrown) {
    database?.close();
    if (isBusy(thrown)) return err(inUse(files));
    return err({ code: "DATA_UNUSABLE", path: files.lock, reason: reasonOf(thrown) });
  }
  const held = database;
  return ok({
    release: () => {
      rmSync(files.holder, { force: true });
      held.close();
    },
  });
}

/** Does a hub run on this directory? Takes the lock for reading for a moment; a hub that starts just then waits for it. */
export function isLocked(files: DataFiles): boolean {
  if (!existsSync(files.lock)) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(files.lock, { readOnly: true });
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (thrown) {
    return isBusy(thrown);
  } finally {
    database?.close();
  }
}

/** Says of a locked directory who has it. */
export function inUse({ directory, holder }: DataFiles): DataFault {
  return { code: "DATA_IN_USE", directory, holder: readHolder(holder) };
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && "errcode" in thrown && Number(thrown.errcode) % 256 === SQLITE_BUSY;
}
