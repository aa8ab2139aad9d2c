import { MAX_NAME_CODE_POINTS, MAX_NETWORK_CODE_POINTS } from "./limits.ts";

/**
 * The alphabet of names (SPEC §3): letters of Latin, Greek, Cyrillic, kana, Chinese and Korean that are stable under
 * NFC, none combining, none right to left. All of it lies in the basic plane, so code points are code units.
 */
const ALPHABET =
  "A-Za-z0-9_\\-\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u024F\\u0391-\\u03A1\\u03A3-\\u03CE" +
  "\\u0400-\\u0481\\u048A-\\u04FF\\u3041-\\u3096\\u30A1-\\u30FA\\u4E00-\\u9FFF\\uAC00-\\uD7A3";

const NAME = new RegExp(`^[${ALPHABET}]{1,${MAX_NAME_CODE_POINTS}}$`, "u");
const NETWORK_NAME = new RegExp(`^[${ALPHABET}]{1,${MAX_NETWORK_CODE_POINTS}}$`, "u");

/** Is this the name of an account: 1 to 16 code points of the alphabet? */
export function isName(text: unknown): text is string {
  return typeof text === "string" && NAME.test(text);
}

/** Is this the name of a network: 1 to 32 code points of the same alphabet (SPEC §2)? */
export function isNetworkName(text: unknown): text is string {
  return typeof text === "string" && NETWORK_NAME.test(text);
}

/** The form under which names are unique: each code point lowercased by itself (SPEC §3). */
export function foldName(name: string): string {
  let folded = "";
  for (const codePoint of name) folded += codePoint.toLowerCase();
  return folded;
}
