/**
 * What a signing record holds, and its text: lines of JSON, a header first, then one a slot in the order of signing. A
 * line counts once it is whole and synced; only then is what it holds sent. What a crash left of a line is a doubt.
 */
import type { Hex } from "pos-shared/encoding/hex.ts";
import { anyOf, boolean, conforms, hex, integer, literal, record, text } from "pos-shared/model/form.ts";
import { type Proposal, proposalForm } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { SigningError } from "./identity-error.ts";
import { parseJson } from "./identity-file.ts";

export interface SignedEntry {
  readonly slot: string;
  /** Hex of leaf(proposal), SPEC §4. */
  readonly leaf: Hex;
  readonly proposal: Proposal;
}

/** A slot of which a crash left something unreadable: its whole name, or only how its name begins. */
export interface Doubt {
  readonly doubt: string;
  readonly whole: boolean;
}

export interface SigningJournal {
  /** By slot, in the order of signing. */
  readonly entries: ReadonlyMap<string, SignedEntry>;
  /** Slots that are never signed for. */
  readonly doubts: ReadonlySet<string>;
  /** How the slot begins that a crash cut off. The next one asked for that begins so may be it. */
  readonly openDoubts: readonly string[];
  /** Slots up to this round may have been signed for and forgotten. */
  readonly forgottenThrough: number;
}

export const EMPTY_JOURNAL: SigningJournal = {
  entries: new Map(),
  doubts: new Set(),
  openDoubts: [],
  forgottenThrough: 0,
};

const MAX_SLOT_UNITS = 128;
const headerForm = record({ version: literal(1), forgottenThrough: integer() });
export const signedEntryForm = record({ slot: text(MAX_SLOT_UNITS), leaf: hex(32), proposal: proposalForm });
const doubtForm = record({ doubt: text(MAX_SLOT_UNITS), whole: boolean });
const lineForm = anyOf(signedEntryForm, doubtForm);

/** How the line of an entry begins, so that of a cut one the slot can be read first. */
const ENTRY_START = '{"slot":"';

export function lineOfEntry({ slot, leaf, proposal }: SignedEntry): string {
  return `${JSON.stringify({ slot, leaf, proposal })}\n`;
}

export function lineOfDoubt(doubt: Doubt): string {
  return `${JSON.stringify(doubt)}\n`;
}

export function textOfJournal(journal: SigningJournal): string {
  const { entries, doubts, openDoubts, forgottenThrough } = journal;
  const lines = [`${JSON.stringify({ version: 1, forgottenThrough })}\n`];
  for (const doubt of doubts) lines.push(lineOfDoubt({ doubt, whole: true }));
  for (const entry of entries.values()) lines.push(lineOfEntry(entry));
  for (const doubt of openDoubts) lines.push(lineOfDoubt({ doubt, whole: false }));
  return lines.join("");
}

/**
 * Reads a record. `torn` says that its end was cut off; then it must be written anew before anything is added. An
 * error is damage that no crash explains, in words.
 */
export function parseJournal(content: string): Result<{ journal: SigningJournal; torn: boolean }, string> {
  const lines = content.split("\n");
  const rest = lines.pop() ?? "";
  const [first = "", ...others] = lines;
  const header = parseJson(first);
  if (!conforms(headerForm, header)) return err("its first line is no header of a signing record");

  let journal: SigningJournal = { ...EMPTY_JOURNAL, forgottenThrough: header.forgottenThrough };
  const entries = new Map<string, SignedEntry>();
  for (const [index, line] of others.entries()) {
    const parsed = parseJson(line);
    if (!conforms(lineForm, parsed)) return err(`its line ${index + 2} is unreadable`);
    if ("doubt" in parsed) journal = withDoubt(journal, parsed);
    else if ((entries.get(parsed.slot)?.leaf ?? parsed.leaf) !== parsed.leaf)
      return err(`its line ${index + 2} contradicts an earlier one`);
    else entries.set(parsed.slot, parsed);
  }

  const last = parseJson(rest);
  // Only the end of the line is missing: all that matters can be read.
  if (conforms(signedEntryForm, last)) entries.set(last.slot, entries.get(last.slot) ?? last);
  else if (conforms(doubtForm, last)) journal = withDoubt(journal, last);
  else if (rest !== "") journal = withDoubt(journal, doubtOf(rest));
  return ok({ journal: { ...journal, entries }, torn: rest !== "" });
}

/**
 * Whether an entry may be added: `new`, or `known` where just that was signed before. The slot of an error that is in
 * doubt for the first time must be recorded as a doubt.
 */
export function judgeEntry(journal: SigningJournal, entry: SignedEntry): Result<"new" | "known", SigningError> {
  const { slot, leaf, proposal } = entry;
  const signed = journal.entries.get(slot);
  if (signed !== undefined)
    return signed.leaf === leaf ? ok("known") : err({ code: "ALREADY_SIGNED", slot, leaf: signed.leaf });
  if (proposal.round <= journal.forgottenThrough) return err({ code: "SLOT_FORGOTTEN", slot });
  const inDoubt = journal.doubts.has(slot) || journal.openDoubts.some((start) => slot.startsWith(start));
  return inDoubt ? err({ code: "SLOT_IN_DOUBT", slot }) : ok("new");
}

/** A whole doubt settles the open ones that it may be. */
export function withDoubt(journal: SigningJournal, { doubt, whole }: Doubt): SigningJournal {
  if (!whole) return { ...journal, openDoubts: [...journal.openDoubts, doubt] };
  const openDoubts = journal.openDoubts.filter((start) => !doubt.startsWith(start));
  return { ...journal, doubts: new Set(journal.doubts).add(doubt), openDoubts };
}

export function withEntry(journal: SigningJournal, entry: SignedEntry): SigningJournal {
  return { ...journal, entries: new Map(journal.entries).set(entry.slot, entry) };
}

/** The journal with the newest `keep` entries, knowing which rounds it forgot. */
export function forgetOld(journal: SigningJournal, keep: number): SigningJournal {
  const entries = [...journal.entries];
  const forgotten = entries.slice(0, Math.max(0, entries.length - keep));
  const forgottenThrough = forgotten.reduce(
    (through, [, { proposal }]) => Math.max(through, proposal.round),
    journal.forgottenThrough,
  );
  return { ...journal, entries: new Map(entries.slice(forgotten.length)), forgottenThrough };
}

function doubtOf(fragment: string): Doubt {
  if (!fragment.startsWith(ENTRY_START)) return { doubt: "", whole: false };
  const end = fragment.indexOf('"', ENTRY_START.length);
  const slot = fragment.slice(ENTRY_START.length, end < 0 ? undefined : end).slice(0, MAX_SLOT_UNITS);
  return { doubt: slot.isWellFormed() ? slot : "", whole: end >= 0 };
}
