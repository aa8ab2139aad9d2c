import { bold, type Line, span } from "../format/line.ts";
import { padEnd } from "../format/text.ts";
import { selectable } from "../panels/list-rows.ts";
import { paletteEntries } from "../state/palette.ts";
import { words } from "../words.ts";

export interface PaletteProps {
  readonly text: string;
  readonly selected: number;
  readonly isSpectator: boolean;
  readonly width: number;
  readonly height: number;
}

/** The command being typed, and below it the commands that fit. */
export function paletteLines({ text, selected, isSpectator, width, height }: PaletteProps): readonly Line[] {
  const entries = paletteEntries(text, isSpectator);
  const room = Math.max(1, height - 1);
  const first = Math.max(0, Math.min(selected - room + 1, entries.length - room));
  const rows = entries.slice(first, first + room).map((entry, i): Line => {
    const isSelected = first + i === selected;
    const line = [
      span(isSelected ? " ▸ " : "   "),
      bold(padEnd(entry.name, 13)),
      span(padEnd(entry.keys, 5), "accent"),
      span(entry.help, "muted"),
    ];
    return selectable(line, isSelected, width);
  });
  return [
    [bold(" : ", "accent"), bold(`${text}▏`)],
    ...(rows.length === 0 ? [[span(`   ${words.palette.none}`, "muted")]] : rows),
  ];
}
