import type { LogLine } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { type Line, span } from "../format/line.ts";
import { truncate, wrapWords } from "../format/text.ts";
import { localTime } from "../format/time.ts";
import type { Tone } from "../look/themes.ts";
import { type ListView, selectable } from "./list-rows.ts";

export interface LogProps extends ListView<LogLine> {
  readonly height: number;
}

const TONES: Readonly<Record<LogLine["level"], Tone | undefined>> = {
  info: undefined,
  good: "good",
  warn: "warn",
  alarm: "bad",
};

/** Mark, time of day and a blank. */
const LEAD = 10;
/** A long text takes so many rows at most, and one where the pane has few. */
const MOST_ROWS = 3;
const FEW_ROWS = 4;

/** What happened, newest first, long texts in several rows; the selected one is always seen whole. */
export function logLines({ rows, selected, hasFocus, width, height }: LogProps): readonly Line[] {
  const most = height < FEW_ROWS ? 1 : MOST_ROWS;
  const shown: Line[] = [];
  for (const [i, row] of rows.entries()) {
    // What is below the selected one gets the rows that are left.
    const room = i <= selected ? most : Math.min(most, height - shown.length);
    if (room > 0) shown.push(...linesOf(row, i === selected && hasFocus, width, room));
  }
  return shown.slice(-height);
}

function linesOf({ atMs, level, text }: LogLine, isSelected: boolean, width: number, most: number): readonly Line[] {
  const room = Math.max(1, width - LEAD);
  const pieces = most === 1 ? [clean(text)] : wrapWords(clean(text), room);
  const shown = pieces.slice(0, most);
  // What does not fit any more is told to be missing.
  if (pieces.length > most) shown[most - 1] = truncate(pieces.slice(most - 1).join(" "), room);
  return shown.map((piece, i) => {
    const lead = i === 0 ? [span(isSelected ? "▸" : " "), span(localTime(atMs), "muted"), span(" ")] : [INDENT];
    return selectable([...lead, span(piece, TONES[level])], isSelected, width);
  });
}

const INDENT = span(" ".repeat(LEAD));
