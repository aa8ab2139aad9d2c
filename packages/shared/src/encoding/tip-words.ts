import type { Hex } from "./hex.ts";
import { TIP_WORDS } from "./tip-word-list.ts";

/** Bits of a hash that one word stands for. */
const BITS = 10;
const WORDS = 3;
const HEX_BITS = 4;

/**
 * A block's hash as three words, its first 30 bits, so that people can compare their chains by eye and aloud. Equal words
 * make it likely that two chains are the same, and different ones certain that they differ: who wants to be sure compares
 * the hashes (docs/threat-model.md).
 *
 * @param hash hex, at least 8 digits; of an empty one no words
 */
export function tipWords(hash: Hex): string {
  const digits = Math.ceil((BITS * WORDS) / HEX_BITS);
  if (hash.length < digits) return "";
  const bits = Number.parseInt(hash.slice(0, digits), 16)
    .toString(2)
    .padStart(digits * HEX_BITS, "0");
  return Array.from(
    { length: WORDS },
    (_, i) => TIP_WORDS[Number.parseInt(bits.slice(i * BITS, (i + 1) * BITS), 2)],
  ).join(" ");
}
