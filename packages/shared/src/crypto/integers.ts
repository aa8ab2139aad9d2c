import { fromHex, toHex } from "../encoding/hex.ts";

const SCALAR_BYTES = 32;

/** The integer that `bytes` are, lowest byte first (RFC 8032 §5.1; string_to_int of RFC 9381 §5.5). */
export function decodeInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
}

/** The 32 bytes, lowest first, of an integer from 0 to 2^256−1 (RFC 8032 §5.1; int_to_string of RFC 9381 §5.5). */
export function encodeInteger(integer: bigint): Uint8Array {
  return fromHex(integer.toString(16).padStart(2 * SCALAR_BYTES, "0")).reverse();
}
