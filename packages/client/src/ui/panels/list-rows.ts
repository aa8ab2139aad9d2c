import { type Line, lineWidth, type Span, span } from "../format/line.ts";

/** What every list shows: its visible rows only, and which of them is selected. */
export interface ListView<Row> {
  /** The rows on the screen, not the whole list. */
  readonly rows: readonly Row[];
  /** Place of the selected one among them; −1 for none. */
  readonly selected: number;
  readonly hasFocus: boolean;
  readonly width: number;
}

/** Rows with a column for a mark and one for the selection; the selected one is `▸`, and inverse in the focused pane. */
export function rowLines<Row>(
  { rows, selected, hasFocus, width }: ListView<Row>,
  mark: (row: Row) => readonly Span[],
  line: (row: Row) => Line,
): readonly Line[] {
  return rows.map((row, i) => {
    const isSelected = i === selected;
    return selectable([...mark(row), span(isSelected ? "▸" : " "), ...line(row)], isSelected && hasFocus, width);
  });
}

/** A line that stands in inverse from edge to edge where it is selected. */
export function selectable(line: Line, isInverse: boolean, width: number): Line {
  if (!isInverse) return line;
  const fill = Math.max(0, width - lineWidth(line));
  return [...line, span(" ".repeat(fill))].map((each) => ({ ...each, isInverse: true }));
}
