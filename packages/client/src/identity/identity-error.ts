/** What can go wrong with the identities of this machine, as data, and the one place that makes sentences of it. */
import { getSystemErrorMessage } from "node:util";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { LockHolder } from "./lock-holder.ts";

/** Why a file of an identity cannot be used. */
export type IdentityFileError =
  /** Damage that no crash of ours explains. */
  | { readonly code: "IDENTITY_DAMAGED"; readonly file: string; readonly reason: string }
  /** The file system refused. */
  | { readonly code: "IDENTITY_STORAGE_FAILED"; readonly path: string; readonly reason: string };

export type IdentityError =
  | IdentityFileError
  /** A running client holds it, or one of another machine that shares this folder may. */
  | { readonly code: "IDENTITY_IN_USE"; readonly name: string; readonly holder: LockHolder; readonly lockFile: string }
  | { readonly code: "IDENTITY_UNKNOWN"; readonly name: string }
  | { readonly code: "IDENTITY_NAME_EXISTS"; readonly name: string }
  /** The key is here already, under this name. */
  | { readonly code: "IDENTITY_KEY_EXISTS"; readonly name: string }
  /** What was given to be imported is no identity. */
  | { readonly code: "IDENTITY_MALFORMED"; readonly reason: string }
  | { readonly code: "IDENTITY_OF_OTHER_CHAIN"; readonly expected: Hex; readonly actual: Hex }
  /** Other clients are choosing their identities for longer than one should wait. */
  | { readonly code: "IDENTITIES_BUSY"; readonly folder: string };

export type SigningError =
  | IdentityFileError
  /** Something else was signed for the slot before: `leaf` is that one's. */
  | { readonly code: "ALREADY_SIGNED"; readonly slot: string; readonly leaf: Hex }
  /** A crash left the record of this slot unreadable, so perhaps something was signed. */
  | { readonly code: "SLOT_IN_DOUBT"; readonly slot: string }
  /** So old that the record no longer knows whether something was signed. */
  | { readonly code: "SLOT_FORGOTTEN"; readonly slot: string };

/** An error in plain English, one line. */
export function identitySentenceOf(error: IdentityError | SigningError): string {
  switch (error.code) {
    case "IDENTITY_IN_USE":
      return (
        `The identity ${error.name} is in use by process ${error.holder.pid} on ${error.holder.host}. ` +
        `Stop that one, or use another --name. (Lock: ${error.lockFile})`
      );
    case "IDENTITY_UNKNOWN":
      return `There is no identity ${error.name} on this machine. "pos-client keys" lists those there are.`;
    case "IDENTITY_NAME_EXISTS":
      return `There is an identity ${error.name} on this machine already.`;
    case "IDENTITY_KEY_EXISTS":
      return `This key is on this machine already, as ${error.name}.`;
    case "IDENTITY_DAMAGED":
      return `${error.file} cannot be used: ${error.reason}. Restore it, or move that identity's files away.`;
    case "IDENTITY_MALFORMED":
      return `That is no exported identity: ${error.reason}.`;
    case "IDENTITY_OF_OTHER_CHAIN":
      return `The identity belongs to the network ${error.actual}, not to ${error.expected}.`;
    case "IDENTITIES_BUSY":
      return `Another pos-client keeps ${error.folder} busy. Try again.`;
    case "IDENTITY_STORAGE_FAILED":
      return `${error.path} cannot be read or written: ${error.reason}.`;
    case "ALREADY_SIGNED":
      return `Something else was signed for ${error.slot} before, so nothing more is signed for it.`;
    case "SLOT_IN_DOUBT":
      return `A crash left it open whether something was signed for ${error.slot}, so nothing more is signed for it.`;
    case "SLOT_FORGOTTEN":
      return `${error.slot} is too old to know whether something was signed for it, so nothing is signed for it.`;
  }
}

/** What the file system refused, as data; anything else that was thrown is thrown on. */
export function storageFailure(thrown: unknown, path: string): IdentityFileError {
  if (!(thrown instanceof Error) || !("errno" in thrown) || typeof thrown.errno !== "number") throw thrown;
  const where = "path" in thrown && typeof thrown.path === "string" ? thrown.path : path;
  return { code: "IDENTITY_STORAGE_FAILED", path: where, reason: getSystemErrorMessage(thrown.errno) };
}
