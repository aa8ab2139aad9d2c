import { fitLine, type Line, type Span, span } from "./line.ts";
import { padEnd, padStart, widthOf } from "./text.ts";

/** A column of a list. Where room is short, columns of the highest `rank` go first. */
export interface Column<Row> {
  readonly title: string;
  readonly align: "left" | "right";
  /** Columns of the terminal; `max` lets it grow into what is left over. */
  readonly width: number;
  readonly max?: number;
  /** 0 always stays. */
  readonly rank: number;
  readonly cell: (row: Row) => Span | Line;
}

export interface Table<Row> {
  readonly header: Line;
  readonly line: (row: Row) => Line;
}

const GAP = 1;

/** Chooses the columns that fit into `width` and sets rows in them, one blank between columns. */
export function makeTable<Row>(all: readonly Column<Row>[], width: number): Table<Row> {
  let columns = [...all];
  while (neededFor(columns) > width && columns.some(({ rank }) => rank > 0)) {
    const worst = Math.max(...columns.map(({ rank }) => rank));
    columns = columns.filter(({ rank }) => rank < worst);
  }
  const widths = grow(columns, width - neededFor(columns));
  const set = (cells: readonly (Span | Line)[]): Line =>
    cells.flatMap((each, i) => {
      const fitted = fitCell(each, widths[i] ?? 0, columns[i]?.align ?? "left");
      return i === 0 ? fitted : [span(" ".repeat(GAP)), ...fitted];
    });
  return {
    header: set(columns.map(({ title }) => span(title, "muted"))),
    line: (row) => set(columns.map(({ cell }) => cell(row))),
  };
}

function fitCell(cell: Span | Line, width: number, align: "left" | "right"): Line {
  if (!("text" in cell)) return fitLine(cell, width);
  return [{ ...cell, text: align === "right" ? padStart(cell.text, width) : padEnd(cell.text, width) }];
}

function neededFor(columns: readonly { readonly width: number }[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP * Math.max(0, columns.length - 1);
}

function grow(columns: readonly { readonly width: number; readonly max?: number }[], spare: number): number[] {
  let left = Math.max(0, spare);
  return columns.map(({ width, max }) => {
    const more = Math.min(left, Math.max(0, (max ?? width) - width));
    left -= more;
    return width + more;
  });
}

/** Columns that the widest of some texts needs, between `min` and `max`. */
export function widest(texts: readonly string[], min: number, max: number): number {
  return Math.min(max, Math.max(min, ...texts.map(widthOf)));
}
