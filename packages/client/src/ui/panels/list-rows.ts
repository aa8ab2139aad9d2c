import { inverseLine, type Line, type Span, span } from "../format/line.ts";

/** What every list shows: its visible rows only, and which of them is selected. */
export interface ListView<Row> {
  /** The rows on the screen, not the whole list. */
  readonly rows: readonly Row[];
  /** Place of the selected one among them; −1 for none. */
  readonly selected: number;
  readonly hasFocus: boolean;
  readonly width: number;
}

/** Columns before a row: a blank, its mark, and `▸` where it is selected. */
export const LEAD = 3;

/** Rows with their lead; the selected one stands in inverse in the focused pane. */
export function rowLines<Row>(
  { rows, selected, hasFocus, width }: ListView<Row>,
  mark: (row: Row) => readonly Span[],
  line: (row: Row) => Line,
): readonly Line[] {
  return rows.map((row, i) => {
    const isSelected = i === selected;
    return selectable(
      [span(" "), ...mark(row), span(isSelected ? "▸" : " "), ...line(row)],
      isSelected && hasFocus,
      width,
    );
  });
}

/** A line that stands in inverse, from edge to edge and in one colour, where it is selected. */
export function selectable(line: Line, isInverse: boolean, width: number): Line {
  return isInverse ? inverseLine(line, width, "accent") : line;
}
