import { wrapWords } from "../format/text.ts";
import type { Note } from "./ui-state.ts";

/** At most so many rows for what the last key did. */
export const MOST_NOTE_ROWS = 3;

/** What the last key did, as its rows on a screen without borders; none where there is nothing to say. */
export function noteRows(note: Note | null, width: number): readonly string[] {
  return note === null ? [] : wrapWords(note.text, width).slice(0, MOST_NOTE_ROWS);
}
