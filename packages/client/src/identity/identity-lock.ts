/** The lock of one identity: a file that names its holder. Taken only by who has the folder's mutex. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { conforms } from "pos-shared/model/form.ts";
import { parseJson } from "./identity-file.ts";
import { type LockHolder, lockHolderForm, type ProcessTable } from "./lock-holder.ts";

/** Who holds it now, or undefined where it is free: released, or left behind by a process or machine that ended. */
export function holderOf(lockFile: string, processes: ProcessTable): LockHolder | undefined {
  const holder = readHolder(lockFile);
  return holder === undefined || processes.stateOf(holder) === "ended" ? undefined : holder;
}

/** Takes a lock that is free. */
export function takeLock(lockFile: string, processes: ProcessTable): void {
  writeFileSync(lockFile, `${JSON.stringify(processes.self)}\n`, { mode: 0o600 });
}

/** Frees the lock if it is still this process's. */
export function releaseLock(lockFile: string, { self }: ProcessTable): void {
  if (isDeepStrictEqual(readHolder(lockFile), self)) rmSync(lockFile, { force: true });
}

/** A lock that cannot be read was being written when its writer died: who has the mutex sees no other. */
function readHolder(lockFile: string): LockHolder | undefined {
  try {
    const holder = parseJson(readFileSync(lockFile, "utf8"));
    return conforms(lockHolderForm, holder) ? holder : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
