import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import type { StoreFault } from "./store-error.ts";

/** How far a store had come: its commits, and the index of its last block. */
export interface Mark {
  readonly commits: number;
  readonly index: number;
}

/** Two numbers of 16 digits, so that each write replaces all of the one before. */
const DIGITS = 16;

/**
 * How far the store has come, in a small file beside it. A log that was cut off looks to SQLite like one that never got
 * further; this file knows better. It is written after each commit and never synced: after a loss of power it may be
 * behind the store, which says nothing, but it is never ahead of what was durable.
 */
export class CommitMark {
  readonly #file: string;
  #descriptor: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** What it says; undefined where it says nothing that can be read. */
  read(): Mark | undefined {
    try {
      const [commits, index] = readFileSync(this.#file, "utf8").trim().split(" ").map(Number);
      return isCount(commits) && isCount(index) ? { commits, index } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Where the file cannot be written, less is noticed later; nothing else depends on it. */
  write({ commits, index }: Mark): void {
    try {
      this.#descriptor ??= openSync(this.#file, "w", 0o600);
      writeSync(this.#descriptor, `${padded(commits)} ${padded(index)}\n`, 0);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** What a store lacks that was durable once; undefined where nothing says so. */
export function findMissing(mark: Mark | undefined, { commits, index }: Mark): StoreFault | undefined {
  if (mark === undefined || mark.commits <= commits) return undefined;
  if (mark.index > index)
    return { code: "STORE_BEHIND", what: `block ${index + 1} and what came after it, up to block ${mark.index}` };
  return {
    code: "STORE_BEHIND",
    what: `what was accepted after block ${index}`,
    expected: mark.commits,
    actual: commits,
  };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

function padded(count: number): string {
  return String(count).padStart(DIGITS, "0");
}
