import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { openProcessTable, type ProcessTable } from "./lock-holder.ts";

/** What identities need to know of the world: inputs, so that a test can give others. */
export interface IdentitySystem {
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** The user that new identities are named after, as the platform spells it. */
  readonly userName: string;
  readonly processes: ProcessTable;
}

/** This machine. */
export function openIdentitySystem(env: Readonly<Record<string, string | undefined>>): IdentitySystem {
  return { nowMs: Date.now, randomBytes, userName: userNameOf(env), processes: openProcessTable() };
}

function userNameOf(env: Readonly<Record<string, string | undefined>>): string {
  const named = env.USER || env.LOGNAME || env.USERNAME;
  if (named) return named;
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the password file, as in some containers.
    return "";
  }
}
