import { type Line, span } from "../format/line.ts";
import { wrapWords } from "../format/text.ts";
import type { PaneId } from "../layout/layout.ts";
import { words } from "../words.ts";

/** A pane's lines with one above them that says what the pane is. */
export function withHint(pane: PaneId, hasHint: boolean, lines: readonly Line[]): readonly Line[] {
  return hasHint ? [[span(` ${words.hints[pane]}`, "accent")], ...lines] : lines;
}

/** A sentence where a list is empty. */
export function mutedLines(sentence: string, width: number): readonly Line[] {
  return wrapWords(sentence, Math.max(8, width - 2)).map((text) => [span(` ${text}`, "muted")]);
}
