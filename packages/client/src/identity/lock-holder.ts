/** Who holds an identity: a process of a machine, told from a later one that happens to have the same number. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { integer, nullable, type Of, record, text } from "pos-shared/model/form.ts";

export const lockHolderForm = record({
  host: text(255),
  /** Changes with each start of the machine; null where the platform has none. */
  bootId: nullable(text(64)),
  pid: integer(1),
  /** When the process started, in the platform's own words; null where that cannot be had. */
  startedAt: nullable(text(64)),
});

export type LockHolder = Of<typeof lockHolderForm>;

/** `elsewhere`: on another host, where one cannot look. */
export type HolderState = "running" | "ended" | "elsewhere";

/** What this machine knows about processes. An input, so that a test can be another machine. */
export interface ProcessTable {
  readonly self: LockHolder;
  readonly stateOf: (holder: LockHolder) => HolderState;
}

export function openProcessTable(): ProcessTable {
  const self = { host: hostname(), bootId: readBootId(), pid: process.pid, startedAt: readStart(process.pid) };
  return { self, stateOf: (holder) => stateOf(holder, self) };
}

function stateOf(holder: LockHolder, self: LockHolder): HolderState {
  if (holder.host !== self.host) return "elsewhere";
  if (differ(holder.bootId, self.bootId) || !isRunning(holder.pid)) return "ended";
  return differ(holder.startedAt, readStart(holder.pid)) ? "ended" : "running";
}

/** Different for certain: where one of both is not known, they may be the same. */
function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return readStat(pid)?.state !== "Z";
}

function readBootId(): string | null {
  return readIfThere("/proc/sys/kernel/random/boot_id")?.trim() ?? null;
}

function readStart(pid: number): string | null {
  if (process.platform === "linux") return readStat(pid)?.startedAt ?? null;
  if (process.platform === "win32") return null;
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC0" };
    return (
      execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], { env, encoding: "utf8", stdio: "pipe" }).trim() || null
    );
  } catch {
    return null;
  }
}

/** Fields 3 (state: Z is dead, and only not yet asked for) and 22 (clock ticks since boot) of proc_pid_stat(5). */
function readStat(pid: number): { readonly state: string; readonly startedAt: string | null } | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold anything, parentheses and spaces too.
  const [state = "", ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  return stat === undefined ? undefined : { state, startedAt: rest[18] ?? null };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
