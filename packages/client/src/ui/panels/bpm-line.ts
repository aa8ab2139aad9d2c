import type { SessionState } from "../../session/session.ts";
import { bold, type Line, lineWidth, longestFitting, type Span, span, spread } from "../format/line.ts";
import { padEnd, widthOf } from "../format/text.ts";
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

/** The BPM field, and beside it what to do or what became of the last one. */
export function bpmLine({ session, entry, note, hasFocus, isStaking = false, width }: BpmLineProps): Line {
  const cursor = hasFocus || entry !== "" ? "▏" : "";
  const field = [
    span(`${words.bpm.label} `, "muted"),
    bold("▸ ", hasFocus ? "accent" : "muted"),
    bold(padEnd(entry + cursor, Math.max(FIELD, widthOf(entry) + 1)), "accent"),
    span(" "),
  ];
  if (note !== null) return [...field, span(note.text, note.tone)];
  const outcomes = session.network === null || isForsaken(session) ? [] : outcomeForms(session);
  const [hint, shorter] = hintOf(session, entry, isStaking).map((text): Line => [...field, span(text, "muted")]);
  // What became of the last BPM is news; what one may type is not.
  const [outcome] = outcomes;
  for (const left of [hint, shorter])
    if (left !== undefined && outcome !== undefined && lineWidth(left) + 1 + lineWidth(outcome) <= width)
      return spread(left, outcome, width);
  if (outcomes.length > 0) return [...field, ...longestFitting(outcomes, width - lineWidth(field))];
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
  if (ownProposal?.phase === "rejected" && LATE.has(ownProposal.fault.code) && queuedBpm === ownProposal.bpm)
    return [w.late(queuedBpm, ownProposal.round), w.lateShort(queuedBpm), w.lateShortest(queuedBpm)].map((text) => [
      span(text, "warn"),
    ]);
  const parts = [
    ...(ownProposal === null ? [] : fateOf(ownProposal, round?.opening.round ?? null)),
    ...(queuedBpm === null ? [] : [forms("warn", w.queued(queuedBpm), w.queuedShort(queuedBpm))]),
    ...(repeatedBpm === null ? [] : [forms("accent", w.repeating(repeatedBpm), w.repeatingShort(repeatedBpm))]),
  ];
  if (parts.length === 0) return [];
  // First words give way, from the left to the right, then what is the longest known.
  const shortened = parts.map((_, i) => joined(parts.map(({ long, short }, at) => (at <= i ? short : long))));
  const fewer = parts.map((_, i) => joined(parts.slice(i).map(({ short }) => short)));
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
