/**
 * The part of the chain that stands on the screen. A chain may have a million blocks, so nothing here is proportional
 * to its length: the window is walked from its first block downwards, as far as it has lines.
 */
import type { BlockRow } from "../../session/session.ts";

export type ReadRows = (from: number, to: number) => readonly BlockRow[];

export type ChainLine =
  | { readonly kind: "block"; readonly row: BlockRow }
  /** Rounds in which nobody proposed, told in one line; it belongs to the block above it. */
  | { readonly kind: "empty"; readonly from: number; readonly to: number; readonly below: number }
  | { readonly kind: "genesis" };

export interface ChainSource {
  readonly tip: number;
  readonly readRows: ReadRows;
  /** The blocks that a filter keeps, ascending; null without one. */
  readonly kept: ArrayLike<number> | null;
}

/** The lines from block `top` downwards, at most `height`. */
export function chainLines(source: ChainSource, top: number, height: number): readonly ChainLine[] {
  return source.kept === null ? wholeLines(source, top, height) : keptLines(source, source.kept, top, height);
}

function wholeLines({ readRows }: ChainSource, top: number, height: number): readonly ChainLine[] {
  const rows = [...readRows(Math.max(1, top - height), top)].reverse();
  const lines: ChainLine[] = [];
  for (const [i, row] of rows.entries()) {
    if (lines.length >= height) return lines;
    lines.push({ kind: "block", row });
    const roundBelow = rows[i + 1]?.round ?? (row.index === 1 ? 0 : undefined);
    if (roundBelow !== undefined && row.round - roundBelow > 1 && lines.length < height) {
      lines.push({ kind: "empty", from: roundBelow + 1, to: row.round - 1, below: row.index });
    }
  }
  if (lines.length < height && top - rows.length <= 0) lines.push({ kind: "genesis" });
  return lines;
}

function keptLines(
  { readRows }: ChainSource,
  kept: ArrayLike<number>,
  top: number,
  height: number,
): readonly ChainLine[] {
  const lines: ChainLine[] = [];
  for (let at = placeOf(kept, top); at >= 0 && lines.length < height; at--) {
    const index = kept[at] ?? 0;
    const [row] = readRows(index, index);
    if (row !== undefined) lines.push({ kind: "block", row });
  }
  return lines;
}

/** Place of the last kept block that is not above `index`; −1 where there is none. */
export function placeOf(kept: ArrayLike<number>, index: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((kept[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The newest block of the list, 0 where it is empty. */
export function newestOf({ tip, kept }: ChainSource): number {
  return kept === null ? tip : (kept[kept.length - 1] ?? 0);
}

/** The block so many places further down (towards genesis) or, negative, further up. Genesis is 0 and last. */
export function stepFrom({ tip, kept }: ChainSource, from: number, steps: number): number {
  if (kept === null) return Math.min(tip, Math.max(0, from - steps));
  if (kept.length === 0) return 0;
  const place = Math.min(kept.length - 1, Math.max(0, placeOf(kept, from) - steps));
  return kept[place] ?? 0;
}

/** The block whose line has to be first so that `selected` is seen in `height` lines, moving `top` no further than needed. */
export function topShowing(source: ChainSource, top: number, selected: number, height: number): number {
  if (selected >= top) return selected;
  if (showsBlock(source, top, selected, height)) return top;
  // Walk up from the selected block as far as the lines go. Fewer blocks than lines fit where rounds were empty.
  let candidate = selected;
  for (;;) {
    const above = stepFrom(source, candidate, -1);
    if (above <= candidate || !showsBlock(source, above, selected, height)) return candidate;
    candidate = above;
  }
}

function showsBlock(source: ChainSource, top: number, selected: number, height: number): boolean {
  return chainLines(source, top, height).some(
    (line) => (line.kind === "block" && line.row.index === selected) || (line.kind === "genesis" && selected === 0),
  );
}
