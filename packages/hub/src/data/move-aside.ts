import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../store/database.ts";
import { syncDirectory, syncFile } from "../store/durable-file.ts";
import { type DataFiles, dataFilesIn } from "./data-files.ts";

/**
 * Moves a network's files into a directory of their own inside the data directory, which is a data directory itself and
 * can be run again. In an order that leaves, wherever a crash interrupts it, either the old data or a new start: the
 * chain moves last of what makes a network, and the rest is copied before.
 *
 * @param nowMs milliseconds since 1970
 * @returns the new place, or undefined where there was nothing to move
 * @throws the operating system's error
 */
export function moveAside(files: DataFiles, nowMs: number): string | undefined {
  if (![files.chain, files.genesis, files.key].some((file) => existsSync(file))) return undefined;
  const aside = dataFilesIn(freeName(files.directory, nowMs));
  mkdirSync(aside.directory, { mode: 0o700 });
  for (const name of ["genesis", "key", "mark", "backup"] as const) {
    if (!existsSync(files[name])) continue;
    copyFileSync(files[name], aside[name]);
    syncFile(aside[name]);
  }
  syncDirectory(aside.directory);
  mergeLog(files.chain);
  rmSync(files.genesis, { force: true });
  for (const ending of ["-wal", "-shm", ""]) {
    if (existsSync(files.chain + ending)) renameSync(files.chain + ending, aside.chain + ending);
  }
  syncDirectory(aside.directory);
  rmSync(files.key, { force: true });
  syncDirectory(files.directory);
  return aside.directory;
}

function freeName(directory: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  const name = join(directory, `old-${stamp}Z`);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** Closing the last connection writes the log into the database, so that one file is left to move. */
function mergeLog(chain: string): void {
  if (!existsSync(chain)) return;
  try {
    openDatabase(chain).close();
  } catch {
    // A damaged database is moved as it is, its log beside it.
  }
}
