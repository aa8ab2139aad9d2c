import type { SessionState } from "../../session/session.ts";
import { bold, type Line, lineWidth, longestFitting, span, spread } from "../format/line.ts";
import { padEnd, widthOf } from "../format/text.ts";
import { localTime } from "../format/time.ts";
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
  const outcome = session.network === null || isForsaken(session) ? [] : outcomeLine(session);
  const [hint, shorter] = hintOf(session, entry, isStaking).map((text): Line => [...field, span(text, "muted")]);
  const left = longestFitting([hint ?? field, shorter ?? hint ?? field], width);
  // What became of the last BPM is news; what one may type is not.
  const shown = lineWidth(left) + lineWidth(outcome) + 1 > width && lineWidth(outcome) > 0 ? (shorter ?? field) : left;
  return lineWidth(shown) + lineWidth(outcome) + 1 > width ? [...field, ...outcome] : spread(shown, outcome, width);
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
  if (isForsaken({ alarms })) return [words.bpm.cheated];
  if (connection.phase === "otherChain") return [words.bpm.otherChain, words.bpm.otherChainShort];
  const { bpmMin, bpmMax } = network.genesis;
  const range = words.bpm.range(bpmMin, bpmMax);
  if (entry !== "") return [`${range} · ${words.bpm.enter}`, range];
  if (me.isTombstoned) return [words.bpm.tombstoned];
  if (!me.isJoined) return connection.phase === "refused" ? [words.bpm.notJoined] : [];
  if (me.bonded === 0 && me.activating.length === 0)
    return isStaking ? [words.bpm.stakeNow] : [words.bpm.stakeFirst, words.bpm.stakeFirstShort];
  return [words.bpm.type(bpmMin, bpmMax), words.bpm.typeShort(bpmMin, bpmMax)];
}

function outcomeLine({ ownProposal, queuedBpm, repeatedBpm, round }: BpmLineProps["session"]): Line {
  const parts: Line[] = [];
  if (ownProposal?.phase === "rejected" && LATE.has(ownProposal.fault.code) && queuedBpm === ownProposal.bpm) {
    return [span(words.bpm.late(queuedBpm, ownProposal.round), "warn")];
  }
  if (ownProposal !== null) parts.push(fateOf(ownProposal, round?.opening.round ?? null));
  if (queuedBpm !== null) parts.push([span(words.bpm.queued(queuedBpm), "warn")]);
  if (repeatedBpm !== null) parts.push([span(words.bpm.repeating(repeatedBpm), "accent")]);
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, i) => (i === 0 ? part : [span(" · ", "muted"), ...part]));
}

/** Refused only for the moment: the same BPM can go into the next round. */
const LATE: ReadonlySet<string> = new Set(["ROUND_CLOSED", "STALE_TIP"]);

function fateOf(own: NonNullable<SessionState["ownProposal"]>, openRound: number | null): Line {
  switch (own.phase) {
    case "sent":
      return [span(words.bpm.sent(own.bpm), "accent")];
    case "accepted":
      // An accepted BPM of an earlier round says nothing about this one.
      return openRound === own.round ? [span(words.bpm.accepted(own.bpm, localTime(own.atMs)), "good")] : [];
    case "rejected":
      return [span(words.bpm.rejected(own.fault), "bad")];
  }
}
