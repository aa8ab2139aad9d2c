import { fromHex, toHex } from "../../src/encoding/hex.ts";

/** The hex of `hex`'s bytes with one bit turned; bit 0 is the lowest of the first byte. */
export function flipBit(hex: string, bit: number): string {
  const bytes = Uint8Array.from(fromHex(hex));
  const index = bit >> 3;
  bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit & 7));
  return toHex(bytes);
}

/** The integer that bytes, given in hex, stand for with the lowest byte first. */
export function fromLittleEndian(hex: string): bigint {
  return BigInt(`0x${toHex(Uint8Array.from(fromHex(hex)).reverse())}`);
}

/** The hex of an integer below 2^256 as 32 bytes with the lowest first. */
export function toLittleEndian(integer: bigint): string {
  return toHex(Uint8Array.from(fromHex(integer.toString(16).padStart(64, "0"))).reverse());
}
