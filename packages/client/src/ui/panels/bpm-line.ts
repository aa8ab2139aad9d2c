import type { SessionState } from "../../session/session.ts";
import { bold, type Line, lineWidth, longestFitting, type Span, span, spread } from "../format/line.ts";
import { padEnd, truncate, widthOf, wrapWordsFrom } from "../format/text.ts";
import { localTime } from "../format/time.ts";
import type { Tone } from "../look/themes.ts";
import type { Note } from "../state/ui-state.ts";
import { words } from "../words.ts";
import { isForsaken } from "./nothing-shown.ts";

export interface BpmLineProps {
  readonly session: Pick<
    SessionState,
    "network" | "me" | "alarms" | "connection" | "url" | "ownProposal" | "queuedBpm" | "repeatedBpm" | "round"
  >;
  readonly entry: string;
  /** The answer to the last key; null shows what became of the last BPM. */
  readonly note: Note | null;
  readonly hasFocus: boolean;
  /** The staking form is open: it says which keys matter. */
  readonly isStaking?: boolean;
  readonly width: number;
}

const FIELD = 5;

/**
 * The BPM field, and beside it what to do or what became of the last one. A sentence that is too long to stand there, as
 * that of a refusal, goes on below, in at most `mostRows` rows with the first.
 */
export function bpmLines(props: BpmLineProps, mostRows: number): readonly Line[] {
  const { session, entry, note, width } = props;
  // Who types again has read why the last one was refused.
  const said = note ?? (entry === "" ? refusalIn(session) : null);
  const field = fieldOf(props);
  const room = width - lineWidth(field);
  if (said === null || widthOf(said.text) <= room || mostRows < 2) return [bpmLine(props)];
  const [first = "", ...rest] = wrapWordsFrom(said.text, room, width);
  const below = rest.length < mostRows ? rest : [...rest.slice(0, mostRows - 2), rest.slice(mostRows - 2).join(" ")];
  return [[...field, span(first, said.tone)], ...below.map((text) => [span(truncate(text, width), said.tone)])];
}

function fieldOf({ entry, hasFocus }: BpmLineProps): Line {
  const cursor = hasFocus || entry !== "" ? "▏" : "";
  return [
    span(`${words.bpm.label} `, "muted"),
    bold("▸ ", hasFocus ? "accent" : "muted"),
    bold(padEnd(entry + cursor, Math.max(FIELD, widthOf(entry) + 1)), "accent"),
    span(" "),
  ];
}

/** Why the last BPM was refused; null where it was not, or goes into the next round. */
function refusalIn({ network, alarms, ownProposal, queuedBpm }: BpmLineProps["session"]): Note | null {
  if (network === null || isForsaken({ alarms }) || ownProposal?.phase !== "rejected") return null;
  return lateOf({ ownProposal, queuedBpm }) !== null
    ? null
    : { text: words.bpm.rejected(ownProposal.fault), tone: "bad" };
}

function bpmLine(props: BpmLineProps): Line {
  const { session, entry, note, isStaking = false, width } = props;
  const field = fieldOf(props);
  if (note !== null) return [...field, span(note.text, note.tone)];
  const outcomes = session.network === null || isForsaken(session) ? [] : outcomeForms(session);
  const [hint, shorter] = hintOf(session, entry, isStaking).map((text): Line => [...field, span(text, "muted")]);
  // What became of the last BPM is news; what one may type is not.
  const [outcome] = outcomes;
  for (const left of [hint, shorter])
    if (left !== undefined && outcome !== undefined && lineWidth(left) + 1 + lineWidth(outcome) <= width)
      return spread(left, outcome, width);
  const fitting = outcomes.find((each) => lineWidth(field) + lineWidth(each) <= width);
  if (fitting !== undefined) return [...field, ...fitting];
  return longestFitting([hint ?? field, shorter ?? hint ?? field], width);
}

/** What to do next, in many words and in few. */
function hintOf(
  { network, me, connection, url, alarms }: BpmLineProps["session"],
  entry: string,
  isStaking: boolean,
): readonly string[] {
  if (network === null || me === null) {
    const isTrying = connection.phase === "connecting" || connection.phase === "offline";
    return isTrying && network === null && connection.attempt > 1 ? [words.bpm.noHub(url), words.bpm.noHubShort] : [];
  }
  if (isForsaken({ alarms })) return [words.bpm.cheated, words.bpm.nothingSent];
  if (connection.phase === "otherChain") return [words.bpm.otherChain, words.bpm.nothingSent];
  const { bpmMin, bpmMax } = network.genesis;
  const range = words.bpm.range(bpmMin, bpmMax);
  if (entry !== "") return [`${range} · ${words.bpm.enter}`, range];
  if (me.isTombstoned) return [words.bpm.tombstoned, words.bpm.tombstonedShort];
  if (!me.isJoined) return connection.phase === "refused" ? [words.bpm.notJoined, words.bpm.notJoinedShort] : [];
  if (me.bonded === 0 && me.activating.length === 0)
    return isStaking
      ? [words.bpm.stakeNow, words.bpm.stakeNowShort]
      : [words.bpm.stakeFirst, words.bpm.stakeFirstShort];
  return [words.bpm.type(bpmMin, bpmMax), words.bpm.typeShort(bpmMin, bpmMax)];
}

/** What became of the last BPMs, the longest form first; none where there is nothing to say. */
function outcomeForms({ ownProposal, queuedBpm, repeatedBpm, round }: BpmLineProps["session"]): readonly Line[] {
  const w = words.bpm;
  const late = lateOf({ ownProposal, queuedBpm });
  if (late !== null)
    return [w.late(late.bpm, late.round), w.lateShort(late.bpm), w.lateShortest(late.bpm)].map((text) => [
      span(text, "warn"),
    ]);
  const parts = [
    ...(ownProposal === null ? [] : fateOf(ownProposal, round?.opening.round ?? null)),
    ...(queuedBpm === null ? [] : [forms("warn", w.queued(queuedBpm), w.queuedShort(queuedBpm))]),
    ...(repeatedBpm === null ? [] : [forms("accent", w.repeating(repeatedBpm), w.repeatingShort(repeatedBpm))]),
  ];
  if (parts.length === 0) return [];
  // First words give way, from the left to the right, then what is the longest known; a refusal is not, it stays.
  const isRefused = ownProposal?.phase === "rejected";
  const least = (i: number): readonly Forms[] => (isRefused ? parts.slice(0, parts.length - i) : parts.slice(i));
  const shortened = parts.map((_, i) => joined(parts.map(({ long, short }, at) => (at <= i ? short : long))));
  const fewer = parts.map((_, i) => joined(least(i).map(({ short }) => short)));
  return [joined(parts.map(({ long }) => long)), ...shortened, ...fewer];
}

interface Forms {
  readonly long: Span;
  readonly short: Span;
}

function forms(tone: Tone, long: string, short: string = long): Forms {
  return { long: span(long, tone), short: span(short, tone) };
}

function joined(parts: readonly Span[]): Line {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [span(" · ", "muted"), part]));
}

/** Refused only for the moment: the same BPM can go into the next round. */
const LATE: ReadonlySet<string> = new Set(["ROUND_CLOSED", "STALE_TIP"]);

type Rejected = Extract<NonNullable<SessionState["ownProposal"]>, { phase: "rejected" }>;

/** What was refused and is on its way into the next round. */
function lateOf({ ownProposal: own, queuedBpm }: Pick<SessionState, "ownProposal" | "queuedBpm">): Rejected | null {
  return own?.phase === "rejected" && LATE.has(own.fault.code) && queuedBpm === own.bpm ? own : null;
}

function fateOf(own: NonNullable<SessionState["ownProposal"]>, openRound: number | null): readonly Forms[] {
  switch (own.phase) {
    case "sent":
      return [forms("accent", words.bpm.sent(own.bpm))];
    case "accepted": {
      // An accepted BPM of an earlier round says nothing about this one.
      const isOpen = openRound === own.round;
      const long = words.bpm.accepted(own.bpm, localTime(own.atMs));
      return isOpen ? [forms("good", long, words.bpm.acceptedShort(own.bpm))] : [];
    }
    case "rejected":
      return [forms("bad", words.bpm.rejected(own.fault))];
  }
}
