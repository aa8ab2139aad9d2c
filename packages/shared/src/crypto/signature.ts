import { type KeyObject, sign as signBytes, verify as verifyBytes } from "node:crypto";
import { fromHex, type Hex, isHex, toHex } from "../encoding/hex.ts";
import { type Tag, taggedBytes } from "../encoding/tagged-bytes.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { isValidPublicKey, type SecretKey, verifyingKey } from "./keys.ts";

/** Bytes of a signature: R and S, 32 each (RFC 8032 §5.1.6). */
const SIGNATURE_BYTES = 64;

/** Importing a key costs a good part of a verification, so the imported form is kept. */
const REMEMBERED_KEYS = 32_768;
const verifyingKeys = new BoundedCache<KeyObject>(REMEMBERED_KEYS);

/**
 * `sign(key, tag, value)` of SPEC §1: hex of the Ed25519 signature (RFC 8032 §5.1.6) over the tagged bytes.
 *
 * @throws TypeError if `value` has no canonical form.
 */
export function sign(key: SecretKey, tag: Tag, chainId: Hex, value: unknown): Hex {
  return toHex(signBytes(null, taggedBytes(tag, chainId, value), key.signingKey));
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
 * The verification under {@link verifySignature}, over bytes as they are: cofactorless (RFC 8032 §5.1.7, [S]B = R +
 * [k]A). OpenSSL refuses S ≥ L, and encodes R anew to compare it with the signature's bytes, so that an R which is not
 * canonical fails too; key encoding and order it does not check, hence the key rule here.
 */
export function verifySignatureOfBytes(publicKey: Hex, message: Uint8Array, signature: Hex): boolean {
  if (!isHex(signature, SIGNATURE_BYTES) || !isValidPublicKey(publicKey)) return false;
  return verifyBytes(null, message, verifyingKeys.get(publicKey, verifyingKey), fromHex(signature));
}
