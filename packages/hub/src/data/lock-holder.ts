import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { conforms, integer, nullable, type Of, record, text } from "pos-shared/model/form.ts";
import { readIfThere } from "../store/durable-file.ts";

const holderForm = record({ host: text(255), bootId: nullable(text(64)), pid: integer(1), since: text(40) });

/**
 * Who has a data directory, for messages: the lock itself is the operating system's. `bootId` tells two runs of one
 * machine apart, null where the platform has none; `since` is a time in ISO 8601.
 */
export type LockHolder = Of<typeof holderForm>;

export function thisProcess(since: string): LockHolder {
  return { host: hostname(), bootId: readBootId(), pid: process.pid, since };
}

/** What the holder wrote about itself, as far as it did. A killed process leaves it behind. */
export function readHolder(file: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readIfThere(file) ?? "null");
    return conforms(holderForm, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Linux only. */
function readBootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
