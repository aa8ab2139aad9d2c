/**
 * Files that survive a crash: what a function here has written is on the disk when it returns, unless it says otherwise. Modes are for the owner
 * alone, for all of it is or guards secrets. All throw the file system's own errors.
 */
import { appendFileSync, closeSync, fstatSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;

/** Makes a folder, and those above it, for the owner alone. What is there already stays as it is. */
export function makePrivateFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: OWNER_FOLDER });
  if (first !== undefined) syncFolder(dirname(first));
}

/** The file holds either all of what it held or all of `text`, whenever the power fails. One writer at a time. */
export function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.tmp`;
  const file = openSync(unfinished, "w", OWNER_FILE);
  try {
    writeWhole(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  syncFolder(dirname(path));
}

/**
 * Adds `text` to the end of a file and syncs it, if the file is `sizeBytes` long, as its one writer left it.
 *
 * @returns the new size, or undefined if the file has another size; then nothing was written
 */
export function appendDurably(path: string, text: string, sizeBytes: number): number | undefined {
  const file = openSync(path, "a", OWNER_FILE);
  try {
    if (fstatSync(file).size !== sizeBytes) return undefined;
    const written = writeWhole(file, text);
    fsyncSync(file);
    return sizeBytes + written;
  } finally {
    closeSync(file);
  }
}

/** Adds `text` to the end of a file, without waiting for the disk. */
export function appendToFile(path: string, text: string): void {
  appendFileSync(path, text, { mode: OWNER_FILE });
}

function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return written;
}

/** A new name is durable once its folder is. */
function syncFolder(folder: string): void {
  // Windows can neither open a folder nor needs to.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
