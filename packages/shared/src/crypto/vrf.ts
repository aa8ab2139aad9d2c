import type { Hex } from "../encoding/hex.ts";
import { prove, type VrfResult, verify } from "./ecvrf.ts";
import { curveGroup } from "./group.ts";
import type { SecretKey } from "./keys.ts";
import { NotOrdinary, openSodiumGroup } from "./sodium-group.ts";
import type { VrfGroup } from "./vrf-group.ts";

export type { VrfResult } from "./ecvrf.ts";

/** The faster arithmetic, once it is there. Results are the same with and without it. */
let fast: VrfGroup<Uint8Array> | undefined;

/**
 * Lets the VRF use WebAssembly from now on. To be called where 20 ms do no harm; without it everything works, two to
 * four times slower.
 *
 * @returns whether it does: not every machine lets code be compiled
 */
export async function speedUpVrf(): Promise<boolean> {
  fast ??= await openSodiumGroup().catch(() => undefined);
  return fast !== undefined;
}

/** ECVRF_prove (RFC 9381 §5.1) of `key` for the input `alpha`, with the output of its proof (§5.2). */
export function vrfProve(key: SecretKey, alpha: Uint8Array): VrfResult {
  return onEither((group) => prove(group, key, alpha));
}

/**
 * ECVRF_verify (RFC 9381 §5.3, with validate_key): the output, 64 bytes, that `proof` proves to be the one of
 * `publicKey` for `alpha`; undefined if it proves nothing or is malformed, or if the key is not valid.
 */
export function vrfVerify(publicKey: Hex, alpha: Uint8Array, proof: Hex): Hex | undefined {
  return onEither((group) => verify(group, publicKey, alpha, proof));
}

function onEither<T>(compute: <Point>(group: VrfGroup<Point>) => T): T {
  if (fast === undefined) return compute(curveGroup);
  try {
    return compute(fast);
  } catch (error) {
    if (!(error instanceof NotOrdinary)) throw error;
    return compute(curveGroup);
  }
}
