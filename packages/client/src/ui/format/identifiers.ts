/** A long hex value by its beginning and end: `3f9a…c21e`. */
export function shortHex(hex: string, digits = 4): string {
  return hex.length <= 2 * digits + 1 ? hex : `${hex.slice(0, digits)}…${hex.slice(-digits)}`;
}

/** A hash by its first eight digits, as lists show it. */
export function hashHead(hash: string): string {
  return hash.slice(0, 8);
}
