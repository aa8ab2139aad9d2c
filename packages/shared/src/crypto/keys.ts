import { createPrivateKey, createPublicKey, hash, type KeyObject } from "node:crypto";
import { fromHex, type Hex, isHex, toHex } from "../encoding/hex.ts";
import { BoundedCache } from "./bounded-cache.ts";
import { clearCofactor, decodePoint, isIdentity } from "./group.ts";

/** Bytes of a public key, and of a secret key's seed (RFC 8032 §5.1.5). */
const KEY_BYTES = 32;

/** An Ed25519 secret key (RFC 8032 §5.1.5). The same key signs and rolls the VRF. */
export interface SecretKey {
  /** The public key, 32 bytes. */
  readonly publicKey: Hex;
  /** The secret: 32 random bytes, from which everything else follows. */
  readonly seed: Uint8Array;
  /** The same key in the form that `node:crypto` signs with. */
  readonly signingKey: KeyObject;
}

/** The DER that stands before a raw seed in PKCS #8 (RFC 8410 §7). */
const PKCS8_PREFIX = fromHex("302e020100300506032b657004220420");
/** The DER that stands before a raw public key in SubjectPublicKeyInfo (RFC 8410 §4). */
const SPKI_PREFIX = fromHex("302a300506032b6570032100");

const REMEMBERED_KEYS = 65_536;
const validity = new BoundedCache<boolean>(REMEMBERED_KEYS);
/** Every look at an account asks for its address. */
const addresses = new BoundedCache<Hex>(REMEMBERED_KEYS);

/**
 * The secret key of a 32-byte seed (RFC 8032 §5.1.5). The seed is copied.
 *
 * @throws RangeError if the seed is not 32 bytes.
 */
export function secretKeyFromSeed(seed: Uint8Array): SecretKey {
  if (seed.length !== KEY_BYTES) throw new RangeError(`a seed of ${seed.length} bytes instead of ${KEY_BYTES}`);
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const signingKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(signingKey).export({ format: "der", type: "spki" });
  return { publicKey: toHex(spki.subarray(SPKI_PREFIX.length)), seed: Uint8Array.from(seed), signingKey };
}

/**
 * Whether a public key may be used (SPEC §1): 32 bytes of lowercase hex that are the canonical encoding of a point
 * (RFC 8032 §5.1.3) which is not of small order (RFC 9381 §5.4.5). `node:crypto` checks neither.
 */
export function isValidPublicKey(hex: unknown): hex is Hex {
  return typeof hex === "string" && hex.length === 2 * KEY_BYTES && validity.get(hex, decodesToLargeOrder);
}

function decodesToLargeOrder(publicKey: string): boolean {
  if (!isHex(publicKey, KEY_BYTES)) return false;
  const point = decodePoint(fromHex(publicKey));
  return point !== undefined && !isIdentity(clearCofactor(point));
}

/**
 * A public key in the form that `node:crypto` verifies with. Says nothing about the key's validity.
 *
 * @throws TypeError if `publicKey` is not hex.
 */
export function verifyingKey(publicKey: Hex): KeyObject {
  const der = Buffer.concat([SPKI_PREFIX, fromHex(publicKey)]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/**
 * `address(publicKey)` of SPEC §1: hex of SHA-256 over the 32 bytes of the public key.
 *
 * @throws TypeError if `publicKey` is not hex.
 */
export function addressOf(publicKey: Hex): Hex {
  return addresses.get(publicKey, hashKey);
}

function hashKey(publicKey: Hex): Hex {
  return hash("sha256", fromHex(publicKey), "hex");
}
