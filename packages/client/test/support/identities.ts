import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { Result } from "pos-shared/model/result.ts";
import type { IdentitySystem } from "../../src/identity/identity-system.ts";
import type { LockHolder } from "../../src/identity/lock-holder.ts";
import type { SignedEntry } from "../../src/identity/signing-journal.ts";

export const CHAIN = "c".repeat(64);
export const OTHER_CHAIN = "d".repeat(64);

/** A process of a made-up machine: whom it believes to be running is up to the test. */
export interface FakeProcess {
  readonly system: IdentitySystem;
  readonly holder: LockHolder;
}

let lastPid = 1_000;
let lastSeed = 0;

/** A new process on `host`; `running` holds all that run, by process id, on any host. */
export function fakeProcess(running: Set<number>, host = "here", userName = "anna"): FakeProcess {
  const holder = { host, bootId: "boot-1", pid: ++lastPid, startedAt: "1" };
  running.add(holder.pid);
  const stateOf = (other: LockHolder) =>
    other.host !== host ? "elsewhere" : running.has(other.pid) ? "running" : "ended";
  const randomBytes = (count: number) => {
    lastSeed++;
    return Uint8Array.from({ length: count }, (_, index) => (index < 4 ? (lastSeed >> (8 * index)) & 255 : 7));
  };
  const system = { nowMs: () => Date.UTC(2026, 0, 1), randomBytes, userName, processes: { self: holder, stateOf } };
  return { system, holder };
}

/** What a signing record takes for a round; another `bpm` makes another leaf. The signature is of no matter there. */
export function signedEntry(round: number, bpm = 72): SignedEntry {
  const proposal: Proposal = {
    round,
    prevHash: "a".repeat(64),
    bpm,
    publicKey: "b".repeat(64),
    claim: { output: "e".repeat(128), proof: "f".repeat(160) },
    signature: "0".repeat(128),
  };
  return { slot: `proposal/${round}`, leaf: toHex(leafHash(proposal)), proposal };
}

/** What must be there. */
export function granted<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function codeOf(result: Result<unknown, { readonly code: string }>): string {
  return result.ok ? "ok" : result.error.code;
}
