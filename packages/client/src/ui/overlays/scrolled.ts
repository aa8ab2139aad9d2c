import { type Line, span } from "../format/line.ts";
import { words } from "../words.ts";

/** The part of something longer that is shown, and how many lines there are above and below it. */
export interface Scrolled {
  readonly lines: readonly Line[];
  readonly above: number;
  readonly below: number;
}

/** `height` lines of a text from line `top` on, or from further up where it would end before. */
export function scrolled(all: readonly Line[], top: number, height: number): Scrolled {
  const first = Math.max(0, Math.min(top, all.length - height));
  const lines = all.slice(first, first + height);
  return { lines, above: first, below: all.length - first - lines.length };
}

/** How much there is above and below, for the border; nothing where everything is shown. */
export function moreLine({ above, below }: Omit<Scrolled, "lines">): Line {
  const parts = [...(above > 0 ? [`↑ ${above}`] : []), ...(below > 0 ? [`↓ ${words.more(below)}`] : [])];
  return parts.length === 0 ? [] : [span(parts.join("  "), "accent")];
}
