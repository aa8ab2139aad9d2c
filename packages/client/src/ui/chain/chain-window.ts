/**
 * The part of the chain that stands on the screen. A chain may have a million blocks, so nothing here is proportional
 * to its length: the window is walked from its first block downwards, as far as it has lines.
 */
import type { BlockRow, FoundBlocks } from "../../session/session.ts";

export type ReadRows = (from: number, to: number) => readonly BlockRow[];

export type ChainLine =
  | { readonly kind: "block"; readonly row: BlockRow }
  /** Rounds in which nobody proposed, told in one line; it belongs to the block above it. */
  | { readonly kind: "empty"; readonly from: number; readonly to: number; readonly below: number }
  | { readonly kind: "genesis" };

export interface ChainSource {
  readonly tip: number;
  readonly readRows: ReadRows;
  /** The blocks that a filter keeps; null without one. */
  readonly kept: FoundBlocks | null;
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

function keptLines({ readRows }: ChainSource, kept: FoundBlocks, top: number, height: number): readonly ChainLine[] {
  const lines: ChainLine[] = [];
  for (let index = kept.atOrBefore(top); index > 0 && lines.length < height; index = kept.atOrBefore(index - 1)) {
    const [row] = readRows(index, index);
    if (row !== undefined) lines.push({ kind: "block", row });
  }
  return lines;
}

/** The newest block of the list, 0 where it is empty. */
export function newestOf({ tip, kept }: ChainSource): number {
  return kept === null ? tip : kept.atOrBefore(tip);
}

/** The last line of the list: genesis, or the oldest block that a filter keeps; 0 where it keeps none. */
export function oldestOf({ kept }: ChainSource): number {
  return kept === null ? 0 : kept.atOrAfter(1);
}

/** The block so many places further down (towards genesis) or, negative, further up. Genesis is 0 and last. */
export function stepFrom(source: ChainSource, from: number, steps: number): number {
  const { tip, kept } = source;
  if (kept === null) return Math.min(tip, Math.max(0, from - steps));
  let index = kept.atOrBefore(from);
  for (let left = Math.abs(steps); left > 0; left--) {
    const next = steps > 0 ? kept.atOrBefore(index - 1) : kept.atOrAfter(index + 1);
    if (next === 0) break;
    index = next;
  }
  return index === 0 ? oldestOf(source) : index;
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
