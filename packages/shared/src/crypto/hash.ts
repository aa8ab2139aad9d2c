import { createHash, hash } from "node:crypto";
import type { Hex } from "../encoding/hex.ts";
import { type Tag, taggedText } from "../encoding/tagged-bytes.ts";

/** SHA-256 (FIPS 180-4) over the concatenation of `parts`; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? digestAtOnce(only) : digest("sha256", parts);
}

/** SHA-256 over the UTF-8 of `text`; 32 bytes. */
export function sha256OfText(text: string): Uint8Array {
  return digestAtOnce(text);
}

/** SHA-512 (FIPS 180-4) over the concatenation of `parts`; 64 bytes. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return digest("sha512", parts);
}

/** `hash(tag, value)` of SPEC §1: hex of SHA-256 over the tagged bytes. `chainId` is "" for the tag `genesis`. */
export function taggedHash(tag: Tag, chainId: Hex, value: unknown): Hex {
  return hash("sha256", taggedText(tag, chainId, value), "hex");
}

/** Hex of SHA-256 over bytes that somebody has put together, or over the UTF-8 of a text. */
export function hexDigest(input: Uint8Array | string): Hex {
  return hash("sha256", input, "hex");
}

/** A Merkle tree is many short inputs, and Node takes longer for a digest as a Buffer (1.0 µs) than as hex and back (0.7). */
function digestAtOnce(input: Uint8Array | string): Uint8Array {
  return Buffer.from(hash("sha256", input, "hex"), "hex");
}

function digest(algorithm: "sha256" | "sha512", parts: readonly Uint8Array[]): Uint8Array {
  const state = createHash(algorithm);
  for (const part of parts) state.update(part);
  return state.digest();
}
