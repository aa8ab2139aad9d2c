/**
 * The same group through libsodium's WebAssembly, two and a half to four times as fast. Points are kept as their
 * encodings, which is what libsodium takes and gives. It takes ordinary points only, as honest keys and proofs have them:
 * it throws {@link NotOrdinary} for one with a part of small order, for the scalar 0, and where a product is the identity,
 * and then the twin in plain JavaScript decides (vrf.ts). Wherever it gives a result, that is the twin's, to the byte.
 */

import { encodeInteger } from "./integers.ts";
import type { VrfGroup } from "./vrf-group.ts";

/** Nothing is wrong with the point: it is one for the twin to decide on. */
export class NotOrdinary extends Error {}

const IDENTITY = Uint8Array.of(1, ...new Uint8Array(31));

/**
 * Compiles libsodium, which takes about 20 ms.
 *
 * @throws Error where WebAssembly is not to be had.
 */
export async function openSodiumGroup(): Promise<VrfGroup<Uint8Array>> {
  const { default: sodium } = await import("libsodium-wrappers-sumo");
  await sodium.ready;
  const add = (one: Uint8Array, other: Uint8Array) => ordinary(() => sodium.crypto_core_ed25519_add(one, other));
  const subtract = (one: Uint8Array, other: Uint8Array) => ordinary(() => sodium.crypto_core_ed25519_sub(one, other));
  const multiplyBase = (scalar: bigint) =>
    ordinary(() => sodium.crypto_scalarmult_ed25519_base_noclamp(encodeInteger(scalar)));
  // Refuses points that are not of order L, and encodings that are not canonical.
  const multiply = (point: Uint8Array, scalar: bigint) =>
    ordinary(() => sodium.crypto_scalarmult_ed25519_noclamp(encodeInteger(scalar), point));
  const clearCofactor = (point: Uint8Array) => {
    const twice = add(point, point);
    const fourTimes = add(twice, twice);
    return add(fourTimes, fourTimes);
  };
  return {
    // Whether there is such a point shows when it is multiplied.
    decodePoint: (bytes) => bytes,
    decodeClearingCofactor: (bytes) => {
      if (!isReduced(bytes)) return undefined;
      try {
        const cleared = clearCofactor(bytes);
        return Buffer.compare(cleared, IDENTITY) === 0 ? undefined : cleared;
      } catch {
        return undefined;
      }
    },
    encodePoint: (point) => point,
    clearCofactor,
    multiplyBaseBySecret: multiplyBase,
    multiplyBySecret: multiply,
    combineWithBase: (s, point, c) => subtract(multiplyBase(s), multiply(point, c)),
    combine: (s, plus, c, minus) => subtract(multiply(plus, s), multiply(minus, c)),
  };
}

function ordinary(work: () => Uint8Array): Uint8Array {
  try {
    return work();
  } catch {
    throw new NotOrdinary();
  }
}

/**
 * Is y below p = 2^255 − 19, as a canonical encoding has it (RFC 8032 §5.1.3)? libsodium's addition does not ask. That it
 * takes x = 0 with either sign does no harm here: eight times such a point is the identity.
 */
function isReduced(bytes: Uint8Array): boolean {
  if (((bytes[31] ?? 0) & 0x7f) !== 0x7f) return true;
  for (let i = 30; i > 0; i--) if (bytes[i] !== 0xff) return true;
  return (bytes[0] ?? 0) < 0xed;
}
