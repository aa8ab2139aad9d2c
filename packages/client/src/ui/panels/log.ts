import type { LogLine } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { type Line, span } from "../format/line.ts";
import { localTime } from "../format/time.ts";
import type { Tone } from "../look/themes.ts";
import { type ListView, selectable } from "./list-rows.ts";

const TONES: Readonly<Record<LogLine["level"], Tone | undefined>> = {
  info: undefined,
  good: "good",
  warn: "warn",
  alarm: "bad",
};

/** What happened, newest first. */
export function logLines({ rows, selected, hasFocus, width }: ListView<LogLine>): readonly Line[] {
  return rows.map(({ atMs, level, text }, i) => {
    const isSelected = i === selected && hasFocus;
    const mark = isSelected ? "▸" : " ";
    return selectable(
      [span(mark), span(localTime(atMs), "muted"), span(" "), span(clean(text), TONES[level])],
      isSelected,
      width,
    );
  });
}
