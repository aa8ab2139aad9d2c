import { fromHex, type Hex, isHex, toHex } from "../encoding/hex.ts";
import { GROUP_ORDER } from "./group.ts";
import { sha512 } from "./hash.ts";
import { decodeInteger, encodeInteger } from "./integers.ts";
import { isValidPublicKey, type SecretKey } from "./keys.ts";
import type { VrfGroup } from "./vrf-group.ts";

/*
 * ECVRF-EDWARDS25519-SHA512-TAI of RFC 9381 (§5.5), with key validation (§5.4.5), on whichever arithmetic of the group
 * it is given. Names follow the RFC: Y is the public key's point, x the secret scalar, H the point that the input is
 * mapped to, Gamma = x·H.
 */

/** Bytes of a proof (pi): Gamma, c and s. */
const VRF_PROOF_BYTES = 80;

/** suite_string of RFC 9381 §5.5, and the separators of §5.4.1.1, §5.4.3 and §5.2. */
const SUITE = 0x03;
const ENCODE_TO_CURVE_FRONT = Uint8Array.of(SUITE, 0x01);
const CHALLENGE_FRONT = Uint8Array.of(SUITE, 0x02);
const PROOF_TO_HASH_FRONT = Uint8Array.of(SUITE, 0x03);
const BACK = Uint8Array.of(0x00);

const POINT_BYTES = 32;
const CHALLENGE_BYTES = 16;
const SCALAR_BYTES = 32;

/** A roll: exactly one output for a key and an input, and the proof that it is the one. */
export interface VrfResult {
  /** beta, 64 bytes. */
  readonly output: Hex;
  /** pi, 80 bytes. Malleable: others prove the same output, so a proof is never an identity. */
  readonly proof: Hex;
}

/** What of a secret key the VRF needs (RFC 8032 §5.1.5): x modulo L, and the second half of the seed's hash. */
interface ExpandedKey {
  readonly scalar: bigint;
  readonly noncePrefix: Uint8Array;
}

/** A proof taken apart (RFC 9381 §5.4.4). */
interface DecodedProof<Point> {
  readonly gamma: Point;
  readonly gammaString: Uint8Array;
  readonly cString: Uint8Array;
  readonly s: bigint;
}

const expandedKeys = new WeakMap<SecretKey, ExpandedKey>();

/** ECVRF_prove (RFC 9381 §5.1) of `key` for the input `alpha`, with the output of its proof (§5.2). */
export function prove<Point>(group: VrfGroup<Point>, key: SecretKey, alpha: Uint8Array): VrfResult {
  const { scalar: x, noncePrefix } = expandKey(key);
  const publicKeyString = fromHex(key.publicKey);
  const h = encodeToCurve(group, publicKeyString, alpha);
  const hString = group.encodePoint(h);
  const gamma = group.multiplyBySecret(h, x);
  const gammaString = group.encodePoint(gamma);
  const k = generateNonce(noncePrefix, hString);
  const cString = generateChallenge(
    publicKeyString,
    hString,
    gammaString,
    group.encodePoint(group.multiplyBaseBySecret(k)),
    group.encodePoint(group.multiplyBySecret(h, k)),
  );
  const s = (k + decodeInteger(cString) * x) % GROUP_ORDER;
  return {
    output: toHex(gammaToHash(group, gamma)),
    proof: toHex(gammaString) + toHex(cString) + toHex(encodeInteger(s)),
  };
}

/**
 * ECVRF_verify (RFC 9381 §5.3, with validate_key): the output, 64 bytes, that `proof` proves to be the one of
 * `publicKey` for `alpha`; undefined if it proves nothing or is malformed, or if the key is not valid.
 */
export function verify<Point>(group: VrfGroup<Point>, publicKey: Hex, alpha: Uint8Array, proof: Hex): Hex | undefined {
  if (!isValidPublicKey(publicKey)) return undefined;
  const publicKeyString = fromHex(publicKey);
  const y = group.decodePoint(publicKeyString);
  const decoded = decodeProof(group, proof);
  if (y === undefined || decoded === undefined) return undefined;
  const { gamma, gammaString, cString, s } = decoded;
  const c = decodeInteger(cString);
  const h = encodeToCurve(group, publicKeyString, alpha);
  const u = group.encodePoint(group.combineWithBase(s, y, c));
  const v = group.encodePoint(group.combine(s, h, c, gamma));
  const expected = generateChallenge(publicKeyString, group.encodePoint(h), gammaString, u, v);
  return Buffer.compare(expected, cString) === 0 ? toHex(gammaToHash(group, gamma)) : undefined;
}

/** The secret scalar and the nonce's secret of a key (RFC 8032 §5.1.5, as RFC 9381 §5.5 asks). */
function expandKey(key: SecretKey): ExpandedKey {
  const known = expandedKeys.get(key);
  if (known !== undefined) return known;
  const digest = sha512(key.seed);
  const scalarBytes = Uint8Array.from(digest.subarray(0, SCALAR_BYTES));
  scalarBytes[0] = (scalarBytes[0] ?? 0) & 0b1111_1000;
  scalarBytes[31] = ((scalarBytes[31] ?? 0) & 0b0111_1111) | 0b0100_0000;
  // Reduced, because it only ever multiplies points of order L.
  const expanded = {
    scalar: decodeInteger(scalarBytes) % GROUP_ORDER,
    noncePrefix: Uint8Array.from(digest.subarray(SCALAR_BYTES)),
  };
  expandedKeys.set(key, expanded);
  return expanded;
}

/** ECVRF_encode_to_curve_try_and_increment (RFC 9381 §5.4.1.1), salted with the public key. */
function encodeToCurve<Point>(group: VrfGroup<Point>, publicKeyString: Uint8Array, alpha: Uint8Array): Point {
  // Half of all tries succeed: a counter that passes one byte does not happen.
  for (let counter = 0; counter < 256; counter++) {
    const hashString = sha512(ENCODE_TO_CURVE_FRONT, publicKeyString, alpha, Uint8Array.of(counter), BACK);
    const h = group.decodeClearingCofactor(hashString.subarray(0, POINT_BYTES));
    if (h !== undefined) return h;
  }
  throw new Error("no point found for a VRF input in 256 tries");
}

/** ECVRF_nonce_generation of RFC 9381 §5.4.2.2 (as in RFC 8032 §5.1.6), reduced modulo L. */
function generateNonce(noncePrefix: Uint8Array, hString: Uint8Array): bigint {
  return decodeInteger(sha512(noncePrefix, hString)) % GROUP_ORDER;
}

/** ECVRF_challenge_generation (RFC 9381 §5.4.3) over five encoded points; the challenge's 16 bytes. */
function generateChallenge(...pointStrings: [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array]): Uint8Array {
  return sha512(CHALLENGE_FRONT, ...pointStrings, BACK).subarray(0, CHALLENGE_BYTES);
}

/** ECVRF_decode_proof (RFC 9381 §5.4.4): undefined if the form is wrong, Gamma no point, or s not below L. */
function decodeProof<Point>(group: VrfGroup<Point>, proof: Hex): DecodedProof<Point> | undefined {
  if (!isHex(proof, VRF_PROOF_BYTES)) return undefined;
  const bytes = fromHex(proof);
  const gammaString = bytes.subarray(0, POINT_BYTES);
  const gamma = group.decodePoint(gammaString);
  const s = decodeInteger(bytes.subarray(POINT_BYTES + CHALLENGE_BYTES));
  if (gamma === undefined || s >= GROUP_ORDER) return undefined;
  return { gamma, gammaString, cString: bytes.subarray(POINT_BYTES, POINT_BYTES + CHALLENGE_BYTES), s };
}

/** ECVRF_proof_to_hash (RFC 9381 §5.2) from Gamma on. The cofactor's clearing makes the output one of a kind. */
function gammaToHash<Point>(group: VrfGroup<Point>, gamma: Point): Uint8Array {
  return sha512(PROOF_TO_HASH_FRONT, group.encodePoint(group.clearCofactor(gamma)), BACK);
}
