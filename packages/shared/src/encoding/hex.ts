/** Bytes as text: lowercase hexadecimal, two characters a byte, no prefix (SPEC §1). */
export type Hex = string;

const LOWERCASE_HEX = /^[0-9a-f]*$/;

/** Whether `text` is the hex of exactly `bytes` bytes: a string, lowercase, two characters a byte. */
export function isHex(text: unknown, bytes: number): text is Hex {
  return typeof text === "string" && text.length === bytes * 2 && LOWERCASE_HEX.test(text);
}

/** The lowercase hex of `bytes`, two characters a byte. */
export function toHex(bytes: Uint8Array): Hex {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/**
 * The bytes that `text` stands for.
 *
 * @throws TypeError if `text` is not lowercase hex of whole bytes. Check what comes from outside with {@link isHex}.
 */
export function fromHex(text: Hex): Uint8Array {
  // Buffer.from(…, "hex") stops silently at the first bad character and accepts capitals.
  if (text.length % 2 !== 0 || !LOWERCASE_HEX.test(text)) throw new TypeError("not lowercase hex of whole bytes");
  return Buffer.from(text, "hex");
}
