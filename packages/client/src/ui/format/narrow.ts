/** Only ASCII and our own signs, one column each: nearly all of the screen, and much faster than to segment it. */
export function isNarrow(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 0x20 && code <= 0x7e) || (code >= 0x2500 && code <= 0x259f) || OUR_SIGNS.has(code))) return false;
  }
  return true;
}

const OUR_SIGNS: ReadonlySet<number> = new Set([..."·…—–±−≈←→↑↓‖▸★●○◐✓✗▲▼"].map((sign) => sign.charCodeAt(0)));
