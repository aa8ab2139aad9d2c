import { type KeyObject, sign as signBytes, verify as verifyBytes } from "node:crypto";
import { canonicalize } from "../encoding/canonical-json.ts";
import { fromHex, type Hex, isHex, toHex } from "../encoding/hex.ts";
import { type Tag, taggedBytes, taggedBytesOfText } from "../encoding/tagged-bytes.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { combineWithBase, decodePoint, encodePoint, GROUP_ORDER } from "./group.ts";
import { sha512 } from "./hash.ts";
import { decodeInteger } from "./integers.ts";
import { isValidPublicKey, type SecretKey, verifyingKey } from "./keys.ts";

/** Bytes of a signature: R and S, 32 each (RFC 8032 §5.1.6). */
const SIGNATURE_BYTES = 64;
const POINT_BYTES = 32;

/** Importing a key costs a good part of a verification, so the imported form is kept. */
const REMEMBERED_KEYS = 32_768;
const verifyingKeys = new BoundedCache<KeyObject>(REMEMBERED_KEYS);

/**
 * `sign(key, tag, value)` of SPEC §1: hex of the Ed25519 signature (RFC 8032 §5.1.6) over the tagged bytes.
 *
 * @throws TypeError if `value` has no canonical form.
 */
export function sign(key: SecretKey, tag: Tag, chainId: Hex, value: unknown): Hex {
  return signText(key, tag, chainId, canonicalize(value));
}

/** The same for a value whose canonical JSON is known. */
export function signText(key: SecretKey, tag: Tag, chainId: Hex, canonical: string): Hex {
  return toHex(signBytes(null, taggedBytesOfText(tag, chainId, canonical), key.signingKey));
}

/**
 * Whether `signature` is `publicKey`'s over `bytes(tag, value)` (SPEC §1). False for anything malformed and for a key
 * that {@link isValidPublicKey} refuses, so that no verdict depends on where it is asked for.
 *
 * @throws TypeError if `value` has no canonical form: forms are checked before signatures.
 */
export function verifySignature(publicKey: Hex, tag: Tag, chainId: Hex, value: unknown, signature: Hex): boolean {
  return verifySignatureOfBytes(publicKey, taggedBytes(tag, chainId, value), signature);
}

/**
 * The verification under {@link verifySignature}, over bytes as they are: the cofactorless one of RFC 8032 §5.1.7,
 * S < L, canonical encodings, [S]B = R + [k]A. OpenSSL refuses S ≥ L, and encodes R anew to compare it with the
 * signature's bytes, so that an R which is not canonical fails too. The key rule stands here because OpenSSL does not
 * check it.
 */
export function verifySignatureOfBytes(publicKey: Hex, message: Uint8Array, signature: Hex): boolean {
  if (!isHex(signature, SIGNATURE_BYTES) || !isValidPublicKey(publicKey)) return false;
  // Known to be hex by now.
  const bytes = Buffer.from(signature, "hex");
  if (SMALL_ORDER_POINTS.has(signature.slice(0, 2 * POINT_BYTES))) return satisfiesEquation(publicKey, message, bytes);
  return verifyBytes(null, message, verifyingKeys.get(publicKey, verifyingKey), bytes);
}

/**
 * The eight points whose order divides 8, in their canonical encodings. An R among them can satisfy the equation (its
 * signer gives away the key by it, but may not care), and then Node's versions disagree: 22.23 accepts it, 24.21 does
 * not (nodejs/node#64026). A hub and a client on two versions must not, so such an R is never left to Node.
 */
const SMALL_ORDER_POINTS: ReadonlySet<Hex> = new Set([
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]);

/** [S]B − [k]A = R (RFC 8032 §5.1.7) on the group's own arithmetic: about ten times slower than Node's. */
function satisfiesEquation(publicKey: Hex, message: Uint8Array, signature: Uint8Array): boolean {
  const [rString, sString] = [signature.subarray(0, POINT_BYTES), signature.subarray(POINT_BYTES)];
  const publicKeyString = fromHex(publicKey);
  const a = decodePoint(publicKeyString);
  const s = decodeInteger(sString);
  if (a === undefined || s >= GROUP_ORDER) return false;
  const k = decodeInteger(sha512(rString, publicKeyString, message)) % GROUP_ORDER;
  return Buffer.compare(encodePoint(combineWithBase(s, a, k)), rString) === 0;
}
