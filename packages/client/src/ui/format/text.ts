import stringWidth from "string-width";
import { isNarrow } from "./narrow.ts";
import { QuickSegmenter } from "./quick-segmenter.ts";

/** Columns that a text takes in a terminal; wide characters take two. */
export function widthOf(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

const graphemes = new QuickSegmenter();

/** The longest beginning of a text that takes at most `width` columns. */
export function takeColumns(text: string, width: number): string {
  if (isNarrow(text)) return text.slice(0, Math.max(0, width));
  let taken = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const columns = stringWidth(segment);
    if (used + columns > width) break;
    taken += segment;
    used += columns;
  }
  return taken;
}

/** A text in at most `width` columns; what was cut is told by `…`. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return "";
  if (widthOf(text) <= width) return text;
  return `${takeColumns(text, width - 1)}…`;
}

/** A text in exactly `width` columns, blanks at its right. */
export function padEnd(text: string, width: number): string {
  const cut = truncate(text, width);
  return cut + " ".repeat(Math.max(0, width - widthOf(cut)));
}

/** A text in exactly `width` columns, blanks at its left. */
export function padStart(text: string, width: number): string {
  const cut = truncate(text, width);
  return " ".repeat(Math.max(0, width - widthOf(cut))) + cut;
}

/** Breaks a long value into pieces of at most `width` columns; for hex, which has no place to break. */
export function chunks(text: string, width: number): readonly string[] {
  if (width < 1) return [];
  const pieces: string[] = [];
  let rest = text;
  while (rest !== "") {
    const piece = takeColumns(rest, width) || rest.slice(0, 1);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces.length === 0 ? [""] : pieces;
}

/** As `wrapWords`, where something stands before the first line and leaves it only `first` columns. */
export function wrapWordsFrom(text: string, first: number, width: number): readonly string[] {
  const [start = ""] = wrapWords(text, first);
  const rest = text.slice(start.length).trimStart();
  return rest === "" ? [start] : [start, ...wrapWords(rest, width)];
}

/** Breaks a sentence at its blanks into lines of at most `width` columns. A word that is longer than a line fills the one before too. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    // A long word begins in the line before where there is room for more than the blank.
    const goesOn = widthOf(word) <= width ? widthOf(longer) <= width : widthOf(line) + 2 <= width;
    if (!goesOn && line !== "") lines.push(line);
    const pieces = chunks(goesOn ? longer : word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}
