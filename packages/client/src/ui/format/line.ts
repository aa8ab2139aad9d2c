import type { Tone } from "../look/themes.ts";
import { padEnd, takeColumns, widthOf } from "./text.ts";

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly isBold?: boolean;
  readonly isInverse?: boolean;
}

/** A line of the screen, before it is fitted to a width. */
export type Line = readonly Span[];

export function span(text: string, tone?: Tone): Span {
  return tone === undefined ? { text } : { text, tone };
}

export function bold(text: string, tone?: Tone): Span {
  return { ...span(text, tone), isBold: true };
}

export const EMPTY_LINE: Line = [];

export function lineWidth(line: Line): number {
  let width = 0;
  for (const { text } of line) width += widthOf(text);
  return width;
}

/** The text of a line, without its styles. */
export function lineText(line: Line): string {
  return line.map(({ text }) => text).join("");
}

/** A line in exactly `width` columns: cut with `…` or filled with blanks. */
export function fitLine(line: Line, width: number): Line {
  const total = lineWidth(line);
  if (total === width) return line;
  if (total < width) return [...line, { ...styleOfOnly(line), text: " ".repeat(width - total) }];
  const fitted: Span[] = [];
  let left = width - 1;
  for (const each of line) {
    const columns = widthOf(each.text);
    if (columns > left) {
      const cut = `${takeColumns(each.text, left)}…`;
      return [...fitted, { ...each, text: padEnd(cut, left + 1) }];
    }
    fitted.push(each);
    left -= columns;
  }
  return fitted;
}

/** A bar in inverse goes on to the edge; anything else ends where its text does. */
function styleOfOnly(line: Line): Partial<Span> {
  return line.length === 1 && line[0]?.isInverse === true ? { ...line[0] } : {};
}

/** Neighbours of one style as one piece; blanks take the style of what stands before them. */
export function joinStyles(line: Line): Line {
  const joined: Span[] = [];
  for (const each of line) {
    const last = joined.at(-1);
    if (last !== undefined && (hasStyleOf(last, each) || (isBlank(each) && last.isInverse !== true))) {
      joined[joined.length - 1] = { ...last, text: last.text + each.text };
    } else {
      joined.push(each);
    }
  }
  return joined;
}

function hasStyleOf(a: Span, b: Span): boolean {
  return a.tone === b.tone && a.isBold === b.isBold && a.isInverse === b.isInverse;
}

function isBlank({ text, isInverse }: Span): boolean {
  return isInverse !== true && text.trim() === "";
}

/** Do two lines look the same? */
export function isSameLine(a: Line, b: Line): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((each, i) => {
        const other = b[i];
        return other !== undefined && each.text === other.text && hasStyleOf(each, other);
      }))
  );
}

/** Two lines in one of `width` columns, the second at the right edge. Where both do not fit, the right one goes first. */
export function spread(left: Line, right: Line, width: number): Line {
  const leftWidth = lineWidth(left);
  const rightWidth = lineWidth(right);
  if (rightWidth === 0 || leftWidth + 1 + rightWidth > width) return fitLine(left, width);
  return [...left, { text: " ".repeat(width - leftWidth - rightWidth) }, ...right];
}

/** The first of several forms of a line, longest first, that fits into `width` columns; else the last one. */
export function longestFitting(forms: readonly Line[], width: number): Line {
  return forms.find((form) => lineWidth(form) <= width) ?? forms.at(-1) ?? EMPTY_LINE;
}

/** A line as a bar across the whole width, in inverse and in one colour, whatever its spans were. */
export function inverseLine(line: Line, width: number, tone: Tone): Line {
  return fitLine([bold(lineText(line), tone)], width).map(({ text }) => ({ ...bold(text, tone), isInverse: true }));
}
