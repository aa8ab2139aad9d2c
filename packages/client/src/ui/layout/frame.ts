import { fitLine, joinStyles, type Line, lineWidth, type Span } from "../format/line.ts";
import { type Arms, boxSign, HEAVY, LIGHT, NONE } from "./box-drawing.ts";
import type { Rect } from "./layout.ts";

export interface FrameBox {
  readonly rect: Rect;
  readonly isFocused: boolean;
}

/** A text on a border. */
export interface FrameLabel {
  readonly row: number;
  readonly left: number;
  readonly line: Line;
}

/** A piece of the frame: one line, or a vertical stroke of several rows. */
export interface FrameStroke {
  readonly left: number;
  readonly top: number;
  readonly lines: readonly Line[];
  readonly width: number;
}

interface Cell extends Arms {
  isFocused: boolean;
}

/** The borders of all boxes, joined where they meet, with what is written on them. */
export function drawFrame(boxes: readonly FrameBox[], labels: readonly FrameLabel[]): readonly FrameStroke[] {
  const rows = new Map<number, Map<number, Cell>>();
  for (const box of boxes) drawBox(rows, box);
  const strokes: FrameStroke[] = [];
  const verticals = new Map<number, { left: number; top: number; lines: Line[] }>();
  for (const [row, cells] of [...rows].sort(([a], [b]) => a - b)) {
    for (const run of runsOf(cells)) {
      if (run.cells.length > 1) {
        const line = overlay(
          run.cells.map(spanOf),
          run.left,
          labels.filter((label) => label.row === row),
        );
        strokes.push({ left: run.left, top: row, lines: [line], width: run.cells.length });
        continue;
      }
      const above = verticals.get(run.left);
      const line = run.cells.map(spanOf);
      if (above !== undefined && above.top + above.lines.length === row) {
        above.lines.push(line);
      } else {
        if (above !== undefined) strokes.push({ ...above, width: 1 });
        verticals.set(run.left, { left: run.left, top: row, lines: [line] });
      }
    }
  }
  for (const vertical of verticals.values()) strokes.push({ ...vertical, width: 1 });
  return strokes;
}

function drawBox(rows: Map<number, Map<number, Cell>>, { rect, isFocused }: FrameBox): void {
  const weight = isFocused ? HEAVY : LIGHT;
  const right = rect.left + rect.width - 1;
  const bottom = rect.top + rect.height - 1;
  const draw = (row: number, column: number, arms: Partial<Arms>): void => {
    const cells = rows.get(row) ?? new Map<number, Cell>();
    rows.set(row, cells);
    const cell = cells.get(column) ?? { up: NONE, right: NONE, down: NONE, left: NONE, isFocused: false };
    cells.set(column, cell);
    for (const arm of ["up", "right", "down", "left"] as const) cell[arm] = Math.max(cell[arm], arms[arm] ?? NONE);
    cell.isFocused ||= isFocused;
  };
  for (let column = rect.left; column <= right; column++) {
    const along = { left: column > rect.left ? weight : NONE, right: column < right ? weight : NONE };
    draw(rect.top, column, along);
    draw(bottom, column, along);
  }
  for (let row = rect.top; row <= bottom; row++) {
    const along = { up: row > rect.top ? weight : NONE, down: row < bottom ? weight : NONE };
    draw(row, rect.left, along);
    draw(row, right, along);
  }
}

function runsOf(cells: ReadonlyMap<number, Cell>): { left: number; cells: Cell[] }[] {
  const runs: { left: number; cells: Cell[] }[] = [];
  for (const [column, cell] of [...cells].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.left + last.cells.length === column) last.cells.push(cell);
    else runs.push({ left: column, cells: [cell] });
  }
  return runs;
}

function spanOf(cell: Cell): Span {
  return { text: boxSign(cell), tone: cell.isFocused ? "accent" : "frame", isBold: cell.isFocused };
}

/** Writes labels over a run of single cells and joins neighbours of one style. */
function overlay(cells: readonly Span[], left: number, labels: readonly FrameLabel[]): Line {
  const line: Span[] = [];
  let column = left;
  for (const label of [...labels].sort((a, b) => a.left - b.left)) {
    if (label.left < column) continue;
    line.push(...cells.slice(column - left, label.left - left));
    // A label never writes over the right corner.
    const room = left + cells.length - 1 - label.left;
    const written = lineWidth(label.line) > room ? fitLine(label.line, room) : label.line;
    line.push(...written);
    column = label.left + lineWidth(written);
  }
  line.push(...cells.slice(column - left));
  return joinStyles(line);
}
