import { type Line, span } from "../format/line.ts";
import type { PaneId } from "../layout/layout.ts";
import { words } from "../words.ts";

/** A pane's lines with one above them that says what the pane is. */
export function withHint(pane: PaneId, hasHint: boolean, lines: readonly Line[]): readonly Line[] {
  return hasHint ? [[span(` ${words.hints[pane]}`, "accent")], ...lines] : lines;
}
