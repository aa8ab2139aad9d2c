import type { DataFault } from "../data/data-fault.ts";
import type { Notice } from "../data/hub-data.ts";
import type { LockHolder } from "../data/lock-holder.ts";
import type { StoreFault } from "../store/store-error.ts";
import { bytes, duration, quoted } from "./plain.ts";

/** What the operating system's codes mean, for those that a user meets. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such file or directory",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "it is a file, not a directory",
  EISDIR: "it is a directory, not a file",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ERR_SQLITE_ERROR: "it cannot be opened for writing",
};

/** Why a data directory cannot be used, in one line that says what to do. */
export function sentenceOfDataFault(fault: DataFault): string {
  switch (fault.code) {
    case "DATA_UNUSABLE":
      return `cannot use ${fault.path}: ${reason(fault.reason)}; ${isForRoom(fault.reason) ? "make room, or " : ""}choose another place with --data DIR, or --memory`;
    case "DATA_UNREADABLE":
      return `cannot read ${fault.path}: ${reason(fault.reason)}; run as the user whose it is, or choose another place with --data DIR`;
    case "DATA_IN_USE":
      return `another hub${who(fault.holder)} uses ${fault.directory}; stop it, or choose another place with --data DIR`;
    case "NO_NETWORK":
      return `there is no network in ${fault.directory}; start one with pos-hub, or name its place with --data DIR`;
    case "CHAIN_MISSING":
      return `${fault.file} is missing, though its network is there; put it back, or start anew with --fresh`;
    case "KEY_MISSING":
      return `${fault.file}, this hub's key, is missing; put it back, or start anew with --fresh`;
    case "KEY_DAMAGED":
      return `${fault.file}, this hub's key, is damaged (expected 64 hex digits); put it back, or start anew with --fresh`;
    case "KEY_FOREIGN":
      return `${fault.file} is the key of another hub: its public key is ${fault.actual}, the chain's is ${fault.expected}`;
    case "GENESIS_FOREIGN":
      return `${fault.file} is of another network: chain ${fault.actual}, but chain.db beside it has ${fault.expected}`;
    case "GENESIS_DAMAGED":
      return `${fault.file} is damaged: ${place(fault)}; remove it, and it is written anew from the chain`;
    case "GENESIS_FIXED":
      return `${fault.source} asks for ${fault.field} ${quoted(fault.actual)}, but genesis fixes ${quoted(fault.expected)} here; leave it out, or start a new network with --fresh`;
    case "GENESIS_FILE_UNREADABLE":
      return `--genesis cannot read ${fault.file}: ${reason(fault.reason)}`;
    case "GENESIS_FILE_WRONG":
      return `--genesis ${fault.file} is wrong: ${place(fault)}`;
    case "STORE":
      return sentenceOfStoreFault(fault.fault, fault.file);
  }
}

/** Why the store failed; `file` is its place. */
export function sentenceOfStoreFault(fault: StoreFault, file: string): string {
  const details = fault.expected === undefined ? "" : ` (expected ${fault.expected}, got ${fault.actual})`;
  switch (fault.code) {
    case "STORE_FULL":
      return `${file} cannot grow: the disk is full; make room`;
    case "STORE_UNWRITTEN":
      return `${file} cannot be written: ${fault.what}; see whether the disk or this user's share of it is full, or the disk fails`;
    case "UPGRADE_NEEDS_ROOM":
      return `${file} cannot be brought up to date: it takes about ${bytes(Number(fault.expected))} of room until it is done, ${
        fault.actual === undefined
          ? `and the system refused to write (${fault.what})`
          : `and ${bytes(Number(fault.actual))} are free`
      }; make room, or move its directory to a larger disk (--data DIR), and start again. It is as it was`;
    case "STORE_DAMAGED":
      return `${file} is damaged: ${fault.what}${details}; pos-hub verify names the first bad block, a backup or --fresh helps`;
    case "STORE_BEHIND":
      return `${file} lacks ${fault.what}${details}: its log was cut off, or an older copy was put in its place; put a newer copy there, or take back what clients have with --recover 30s`;
    case "STORE_NEWER":
      return `${file} was written by a newer pos-hub${details}; update this one`;
    case "STORE_FOREIGN":
      return `${file} is damaged, or no chain of pos-hub: ${fault.what}; put a backup in its place, or start anew with --fresh`;
    case "STORE_READ_ONLY":
      return `${file} cannot be opened: ${fault.what}`;
    case "BACKUP_FAILED":
      return `cannot back up to ${fault.what}`;
    case "STORE_FAILED":
      return `${file} cannot be used: ${fault.what}`;
  }
}

/** What the operator should know at a start, in one line. */
export function sentenceOfNotice(notice: Notice): string {
  switch (notice.code) {
    case "MOVED_ASIDE":
      return `The old data is now in ${notice.directory} (pos-hub --data runs it again).`;
    case "ROUND_LENGTH":
      return `${notice.source}: rounds of this run take ${duration(notice.roundMs)}; genesis names ${duration(notice.genesisMs)}.`;
    case "UPGRADING":
      return `${notice.file} is brought up to date: a second for each 100,000 proposals, and one and a half times their room until it is done.`;
    case "NO_TOKENS":
      return "Nobody in this network has tokens: with faucet 0 only accounts of a --genesis file have any.";
  }
}

function place({ path, expected, actual }: { path: string; expected: string; actual: string }): string {
  const where = path === "" ? "" : `${path}: `;
  return `${where}expected ${expected}, got ${actual}`;
}

function who(holder: LockHolder | undefined): string {
  return holder === undefined ? "" : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
}

function isForRoom(code: string): boolean {
  return code === "ENOSPC" || code === "EDQUOT";
}

function reason(code: string): string {
  return REASONS[code] ?? code;
}
