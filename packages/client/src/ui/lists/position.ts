/** Movement in a list whose rows are known by keys, so that a new order or new rows never move the selection. */
import type { ListPosition } from "../state/ui-state.ts";

export interface ListWindow {
  /** Place of the first row shown, and of the selected one; 0 and −1 for an empty list. */
  readonly start: number;
  readonly selected: number;
}

/** Which part of a list stands in `height` lines. A selected row that is gone gives way to the first. */
export function listWindow(keys: readonly string[], position: ListPosition, height: number): ListWindow {
  if (keys.length === 0) return { start: 0, selected: -1 };
  const found = position.key === null ? 0 : keys.indexOf(position.key);
  const selected = Math.max(0, found);
  const line = found <= 0 && position.key === null ? 0 : Math.min(position.line, Math.max(0, height - 1));
  const start = Math.min(Math.max(0, selected - line), Math.max(0, keys.length - height));
  return { start, selected };
}

/** A window with the row that must always be seen: where it is not in it, it takes the last line. */
export interface PinnedWindow extends ListWindow {
  /** Lines that the window itself has. */
  readonly height: number;
  /** Place in the list of the row below the window; −1 where the window has it, or there is none. */
  readonly pinned: number;
}

/** @param always the key of the row that is always seen; null for none */
export function pinnedWindow(
  keys: readonly string[],
  position: ListPosition,
  height: number,
  always: string | null,
): PinnedWindow {
  const whole = listWindow(keys, position, height);
  const place = always === null ? -1 : keys.indexOf(always);
  const isSeen = place >= whole.start && place < whole.start + height;
  if (place === -1 || isSeen || height < 2) return { ...whole, height, pinned: -1 };
  return { ...listWindow(keys, position, height - 1), height: height - 1, pinned: place };
}

export type Movement = "down" | "up" | "pageDown" | "pageUp" | "first" | "last";

/** The position after a movement. The window moves only as far as it must. */
export function moveInList(
  keys: readonly string[],
  position: ListPosition,
  height: number,
  movement: Movement,
): ListPosition {
  const { start, selected } = listWindow(keys, position, height);
  if (selected === -1 || movement === "first") return { key: null, line: 0 };
  const target = Math.min(
    keys.length - 1,
    Math.max(0, targetOf(movement, selected, keys.length, Math.max(1, height - 1))),
  );
  const shown = Math.min(Math.max(start, target - height + 1), target);
  // The very first row is followed: what comes in above it is seen.
  return target === 0 ? { key: null, line: 0 } : { key: keys[target] ?? null, line: target - shown };
}

function targetOf(movement: Movement, selected: number, count: number, page: number): number {
  switch (movement) {
    case "down":
      return selected + 1;
    case "up":
      return selected - 1;
    case "pageDown":
      return selected + page;
    case "pageUp":
      return selected - page;
    case "first":
      return 0;
    case "last":
      return count - 1;
  }
}
