/** The BPM field: digits from anywhere, errors at once, nothing wrong is ever sent. */
import { clean } from "../../words/clean.ts";
import { isForsaken } from "../panels/nothing-shown.ts";
import { words } from "../words.ts";
import type { Context } from "./context.ts";
import { type Step, step } from "./step.ts";
import type { Note, UiState } from "./ui-state.ts";

const LONGEST_ENTRY = 12;

/** Adds typed or pasted text to the field. A letter makes the error at once. */
export function typeIntoEntry(ui: UiState, text: string, context: Context): Step {
  const entry = (ui.entry + clean(text).trim()).slice(0, LONGEST_ENTRY);
  return step({ ...ui, entry, note: entryNote(entry, context) });
}

export function eraseInEntry(ui: UiState, context: Context): Step {
  const entry = [...ui.entry].slice(0, -1).join("");
  return step({ ...ui, entry, note: entry === "" ? null : entryNote(entry, context) });
}

/** What can be said while typing: too low may still become right with the next digit. */
function entryNote(entry: string, { session }: Context): Note | null {
  if (!/^\d*$/.test(entry)) return { text: words.bpm.notWhole, tone: "bad" };
  const genesis = session.network?.genesis;
  if (genesis === undefined || entry === "") return null;
  return Number(entry) > genesis.bpmMax
    ? { text: words.bpm.outOfRange(genesis.bpmMin, genesis.bpmMax), tone: "bad" }
    : null;
}

/** Enter: proposes what stands in the field, or says what to type. */
export function submitEntry(ui: UiState, { session }: Context): Step {
  const genesis = session.network?.genesis;
  const refuse = (text: string): Step => step({ ...ui, note: { text, tone: "bad" } });
  if (genesis === undefined || session.me === null) return refuse(words.bpm.notConnected);
  if (isForsaken(session)) return refuse(words.bpm.cheated);
  if (ui.entry === "")
    return step({ ...ui, note: { text: words.bpm.empty(genesis.bpmMin, genesis.bpmMax), tone: "accent" } });
  if (!/^\d+$/.test(ui.entry)) return refuse(words.bpm.notWhole);
  const bpm = Number(ui.entry);
  if (bpm < genesis.bpmMin || bpm > genesis.bpmMax) return refuse(words.bpm.outOfRange(genesis.bpmMin, genesis.bpmMax));
  if (session.me.isTombstoned) return refuse(words.bpm.tombstoned);
  if (session.me.bonded === 0 && session.me.activating.length === 0) return refuse(words.bpm.notStaked);
  return step({ ...ui, entry: "", note: null, lastBpm: bpm, showsHints: false }, { type: "propose", bpm });
}
