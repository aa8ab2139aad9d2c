import { type Line, longestFitting, span } from "../format/line.ts";
import { wrapWords } from "../format/text.ts";
import type { PaneId } from "../layout/layout.ts";
import { words } from "../words.ts";

/** A pane's lines with one above them that says what the pane is, in as many words as fit. */
export function withHint(pane: PaneId, hasHint: boolean, width: number, lines: readonly Line[]): readonly Line[] {
  if (!hasHint) return lines;
  const forms = words.hints[pane].map((text): Line => [span(` ${text}`, "accent")]);
  return [longestFitting(forms, width), ...lines];
}

/** A sentence where a list is empty. */
export function mutedLines(sentence: string, width: number): readonly Line[] {
  return wrapWords(sentence, Math.max(8, width - 2)).map((text) => [span(` ${text}`, "muted")]);
}
