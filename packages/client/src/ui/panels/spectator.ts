import type { SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { bar } from "../format/bars.ts";
import { bold, fitLine, type Line, span } from "../format/line.ts";
import { percent, tokens } from "../format/numbers.ts";
import { countdown } from "../format/time.ts";
import type { Note } from "../state/ui-state.ts";
import { words } from "../words.ts";
import { LARGE_ROWS, largeDigits } from "./large-digits.ts";
import { noRoundText, noWinnerText } from "./nothing-shown.ts";

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
  const { round, lastWinner, tip, totals } = session;
  const leftMs = round === null ? 0 : Math.max(0, round.closesAtMs - nowMs);
  const digits = largeDigits(round === null ? "--" : countdown(leftMs).replace("s", ""));
  const digitsWidth = 22;
  const facts: readonly Line[] = [
    round === null
      ? [span(noRoundText(session), "muted")]
      : [
          span(`${words.round.round} `, "muted"),
          bold(String(round.opening.round)),
          bold(`  ${phaseWord(isFrozen, leftMs)}`, "good"),
        ],
    round === null
      ? []
      : [
          bold(`${round.proposals}/${round.validators}`),
          span(` ${words.round.proposed}   `, "muted"),
          bold(tokens(totals.bonded)),
          span(` ${words.spectator.staked}`, "muted"),
        ],
    lastWinner === null
      ? [span(noWinnerText(session), "muted")]
      : [bold("★ ", "warn"), bold(clean(lastWinner.name), "you"), span(` #${lastWinner.index}`)],
    lastWinner === null
      ? []
      : [
          span(
            `${words.winner.bpm} ${lastWinner.bpm} · ${words.winner.chanceLong} ${percent(lastWinner.stake / Math.max(1, lastWinner.eligibleStake))}`,
          ),
        ],
    lastFact(tip, note),
  ];
  const { full, rest } = bar(round === null ? 0 : leftMs / round.roundMs, width - 2);
  const rows = Array.from(
    { length: LARGE_ROWS },
    (_, i): Line => [
      bold(` ${fitText(digits[i] ?? "", digitsWidth)}`, isFrozen ? "muted" : "accent"),
      ...fitLine(facts[i] ?? [], Math.max(0, width - digitsWidth - 2)),
    ],
  );
  return [...rows, [span(" "), span(full, "bar"), span(rest, "frame")]];
}

function lastFact(tip: SpectatorProps["session"]["tip"], note: Note | null): Line {
  if (note !== null) return [span(note.text, note.tone)];
  return tip.index === 0 ? [] : [span(`${words.spectator.tip} `, "muted"), bold(tip.words, "accent")];
}

function fitText(text: string, width: number): string {
  return text.padEnd(width).slice(0, width);
}

function phaseWord(isFrozen: boolean, leftMs: number): string {
  if (isFrozen) return words.round.frozen;
  return leftMs > 0 ? words.round.open : words.round.closing;
}
