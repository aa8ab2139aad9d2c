import { createHash, hash } from "node:crypto";
import type { Hex } from "../encoding/hex.ts";
import { type Tag, taggedText } from "../encoding/tagged-bytes.ts";

/** SHA-256 (FIPS 180-4) over the concatenation of `parts`; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return digest("sha256", parts);
}

/** SHA-512 (FIPS 180-4) over the concatenation of `parts`; 64 bytes. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return digest("sha512", parts);
}

/** `hash(tag, value)` of SPEC §1: hex of SHA-256 over the tagged bytes. `chainId` is "" for the tag `genesis`. */
export function taggedHash(tag: Tag, chainId: Hex, value: unknown): Hex {
  // A string is hashed as its UTF-8, so this needs no buffer in between.
  return hash("sha256", taggedText(tag, chainId, value), "hex");
}

function digest(algorithm: "sha256" | "sha512", parts: readonly Uint8Array[]): Uint8Array {
  const [only, ...more] = parts;
  // The one-shot function costs about half of a Hash object.
  if (only !== undefined && more.length === 0) return hash(algorithm, only, "buffer");
  const state = createHash(algorithm);
  for (const part of parts) state.update(part);
  return state.digest();
}
