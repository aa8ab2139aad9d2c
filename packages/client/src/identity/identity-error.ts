/** What can go wrong with the identities of this machine, as data; `words/` makes sentences of it. */
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

/** What the file system refused, as data; anything else that was thrown is thrown on. */
export function storageFailure(thrown: unknown, path: string): IdentityFileError {
  if (!(thrown instanceof Error) || !("errno" in thrown) || typeof thrown.errno !== "number") throw thrown;
  const where = "path" in thrown && typeof thrown.path === "string" ? thrown.path : path;
  return { code: "IDENTITY_STORAGE_FAILED", path: where, reason: getSystemErrorMessage(thrown.errno) };
}
