import { canonicalize } from "./canonical-json.ts";
import type { Hex } from "./hex.ts";

/** What kind of object is hashed or signed. One kind's bytes can never be another's (SPEC §1). */
export type Tag =
  | "genesis"
  | "tx"
  | "alpha"
  | "ticket"
  | "seed"
  | "block"
  | "seal"
  | "proposal"
  | "receipt"
  | "opening"
  | "login";

const CHAIN_ID_CHARACTERS = 64;

/**
 * The text whose UTF-8 is `bytes(tag, value)` of SPEC §1: `pos/<tag>/v1`, a zero byte, the chain id, the canonical
 * JSON of `value`.
 *
 * @throws TypeError if `value` has no canonical form, or if `chainId` is not 64 characters (none for `genesis`, whose
 * hash the chain id is).
 */
export function taggedText(tag: Tag, chainId: Hex, value: unknown): string {
  return `${tagText(tag, chainId)}${canonicalize(value)}`;
}

/** What stands before the canonical JSON in {@link taggedText}. @throws TypeError as there */
export function tagText(tag: Tag, chainId: Hex): string {
  if (chainId.length !== (tag === "genesis" ? 0 : CHAIN_ID_CHARACTERS)) {
    throw new TypeError(`a chain id of ${chainId.length} characters for the tag ${tag}`);
  }
  return `pos/${tag}/v1\0${chainId}`;
}

/** `bytes(tag, value)` of SPEC §1: what is hashed and what is signed. `chainId` is "" for the tag `genesis`. */
export function taggedBytes(tag: Tag, chainId: Hex, value: unknown): Uint8Array {
  return taggedBytesOfText(tag, chainId, canonicalize(value));
}

/** The same for a value whose canonical JSON is known. @throws TypeError as {@link tagText} */
export function taggedBytesOfText(tag: Tag, chainId: Hex, canonical: string): Uint8Array {
  return Buffer.from(`${tagText(tag, chainId)}${canonical}`, "utf8");
}
