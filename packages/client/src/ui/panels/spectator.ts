import type { SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { bar } from "../format/bars.ts";
import { bold, EMPTY_LINE, fitLine, type Line, lineWidth, span } from "../format/line.ts";
import { percent, tokens } from "../format/numbers.ts";
import { truncate, wrapWords } from "../format/text.ts";
import { countdown } from "../format/time.ts";
import type { Tone } from "../look/themes.ts";
import type { Note } from "../state/ui-state.ts";
import { words } from "../words.ts";
import { LARGE_ROWS, largeDigits } from "./large-digits.ts";
import { noRoundText } from "./nothing-shown.ts";

export interface SpectatorProps {
  readonly session: Pick<SessionState, "round" | "lastWinner" | "tip" | "totals" | "alarms" | "connection" | "me">;
  readonly nowMs: number;
  readonly isFrozen: boolean;
  readonly width: number;
  /** The answer to the last key; stands where the tip does. */
  readonly note: Note | null;
}

/** Five rows of digits beside what stands now, and a bar below. */
export function spectatorLines({ session, nowMs, isFrozen, width, note }: SpectatorProps): readonly Line[] {
  const { round, tip } = session;
  const leftMs = round === null ? 0 : Math.max(0, round.closesAtMs - nowMs);
  const digits = largeDigits(round === null ? "--" : countdown(leftMs).replace("s", ""));
  const digitsWidth = 22;
  const room = Math.max(1, width - digitsWidth - 2);
  const told = [...roundFacts(session, isFrozen, leftMs, room), ...winnerFacts(session)];
  const last = lastFacts(tip, note, room);
  // What the last key did is news; what else there is to say of the winner is not.
  const facts = [...told.slice(0, LARGE_ROWS - last.length), ...last];
  const { full, rest } = bar(round === null ? 0 : leftMs / round.roundMs, width - 2);
  const rows = Array.from(
    { length: LARGE_ROWS },
    (_, i): Line => [
      bold(` ${fitText(digits[i] ?? "", digitsWidth)}`, isFrozen ? "muted" : "accent"),
      ...fitLine(facts[i] ?? [], room),
    ],
  );
  return [...rows, [span(" "), span(full, "bar"), span(rest, "frame")]];
}

type Session = SpectatorProps["session"];

/** Two rows, a long sentence in both. */
function roundFacts(session: Session, isFrozen: boolean, leftMs: number, room: number): readonly Line[] {
  const { round, totals } = session;
  if (round === null) return inRows(noRoundText(session), room, "muted");
  return [
    [
      span(`${words.round.round} `, "muted"),
      bold(String(round.opening.round)),
      bold(`  ${phaseWord(isFrozen, leftMs)}`, "good"),
    ],
    [
      bold(`${round.proposals}/${round.validators}`),
      span(` ${words.round.proposed}   `, "muted"),
      bold(tokens(totals.bonded)),
      span(` ${words.spectator.staked}`, "muted"),
    ],
  ];
}

/** Two rows: who won, and with what. That there is no winner stands in the winner's own place. */
function winnerFacts(session: Session): readonly Line[] {
  const { lastWinner } = session;
  if (lastWinner === null) return [EMPTY_LINE, EMPTY_LINE];
  const { name, index, bpm, stake, eligibleStake } = lastWinner;
  const chance = percent(stake / Math.max(1, eligibleStake));
  return [
    [bold("★ ", "warn"), bold(clean(name), "you"), span(` #${index}`)],
    [span(`${words.winner.bpm} ${bpm} · ${words.winner.chanceLong} ${chance}`)],
  ];
}

/** A row with the tip; the answer to the last key in its place, in two where it is long. */
function lastFacts(tip: Session["tip"], note: Note | null, room: number): readonly Line[] {
  if (note !== null) {
    const rows = inRows(note.text, room, note.tone);
    return lineWidth(rows[1] ?? []) === 0 ? rows.slice(0, 1) : rows;
  }
  return [tip.index === 0 ? [] : [span(`${words.spectator.tip} `, "muted"), bold(tip.words, "accent")]];
}

/** A sentence in two rows. */
function inRows(text: string, room: number, tone: Tone): readonly Line[] {
  const [first = "", ...others] = wrapWords(text, room);
  return [[span(first, tone)], [span(truncate(others.join(" "), room), tone)]];
}

function fitText(text: string, width: number): string {
  return text.padEnd(width).slice(0, width);
}

function phaseWord(isFrozen: boolean, leftMs: number): string {
  if (isFrozen) return words.round.frozen;
  return leftMs > 0 ? words.round.open : words.round.closing;
}
