import type { Hex } from "../encoding/hex.ts";
import { taggedBytes } from "../encoding/tagged-bytes.ts";

/** α of a round, the input of every VRF of that round (SPEC §4): `bytes("alpha", { round, seed })`. */
export function alphaOf(chainId: Hex, round: number, seed: Hex): Uint8Array {
  return taggedBytes("alpha", chainId, { round, seed });
}
