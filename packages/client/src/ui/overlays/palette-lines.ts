import { bold, type Line, span } from "../format/line.ts";
import { padEnd } from "../format/text.ts";
import { selectable } from "../panels/list-rows.ts";
import { paletteEntries } from "../state/palette.ts";
import { words } from "../words.ts";
import { type Scrolled, scrolled } from "./scrolled.ts";

export interface PaletteProps {
  readonly text: string;
  readonly selected: number;
  readonly isSpectator: boolean;
  readonly width: number;
  readonly height: number;
}

/** The command being typed, and below it the commands that fit. */
export function paletteLines({ text, selected, isSpectator, width, height }: PaletteProps): Scrolled {
  const entries = paletteEntries(text, isSpectator);
  const room = Math.max(1, height - 1);
  const rows = entries.map((entry, i): Line => {
    const isSelected = i === selected;
    const line = [
      span(isSelected ? " ▸ " : "   "),
      bold(padEnd(entry.name, 13)),
      span(padEnd(entry.keys, 5), "accent"),
      span(entry.help, "muted"),
    ];
    return selectable(line, isSelected, width);
  });
  const found = rows.length === 0 ? [[span(`   ${words.palette.none}`, "muted")]] : rows;
  const { lines, ...rest } = scrolled(found, selected - room + 1, room);
  return { lines: [[bold(" : ", "accent"), bold(`${text}▏`)], ...lines], ...rest };
}
