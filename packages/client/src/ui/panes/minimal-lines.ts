import { bar } from "../format/bars.ts";
import { bold, EMPTY_LINE, inverseLine, type Line, lineWidth, span, spread } from "../format/line.ts";
import { countdown } from "../format/time.ts";
import { overlayLines } from "../overlays/overlay-lines.ts";
import { moreLine, type Scrolled } from "../overlays/scrolled.ts";
import { bpmLines } from "../panels/bpm-line.ts";
import { noRoundText, noWinnerText } from "../panels/nothing-shown.ts";
import { stakeLine } from "../panels/stake-line.ts";
import { winnerLine } from "../panels/winner-line.ts";
import { bannerIn } from "../state/context.ts";
import { MOST_NOTE_ROWS, noteRows } from "../state/note-rows.ts";
import { scopeOf } from "../state/scope.ts";
import type { ScreenState } from "../store/screen-store.ts";
import { words } from "../words.ts";
import { roundProps } from "./head.tsx";
import { connectionLine, footerOf, identityLine, troubleLine } from "./labels.ts";

/** The screen of a very small terminal: no borders, one thing a line; what is open takes all lines but the footer. */
export function minimalLines(state: ScreenState, width: number, height: number): readonly Line[] {
  const { session } = state;
  const open = openOf(state, width, height - 1);
  const more = open === null ? EMPTY_LINE : moreLine(open);
  const footer = spread(footerOf(state, width - (more.length === 0 ? 0 : lineWidth(more) + 1)), more, width);
  const [bpm = EMPTY_LINE, ...refusal] = state.isSpectator ? [tipLine(state)] : bpmLinesOf(state, width);
  const notes = refusal.length > 0 ? refusal : noteLines(state, width);
  const body = open?.lines ?? [
    spread(identityLine(state, width - 10), connectionLine(state).slice(0, 1), width),
    ...countdownLines(state, width),
    bpm,
    ...notes,
    // What the last key did is news; the winner is not.
    ...(notes.length > 1 ? [] : [winnerOf(state, width)]),
    stakeLine({ session, pulse: [], width, isSpectator: state.isSpectator }),
  ];
  const room = height - 1;
  const shown = body.slice(0, room);
  return [...shown, ...Array.from({ length: room - shown.length }, () => EMPTY_LINE), footer];
}

function openOf(state: ScreenState, width: number, height: number): Scrolled | null {
  const { ui } = state;
  // A BPM that is typed is seen, whatever else is open; and what the last key did, too.
  if (scopeOf(ui) === "entry") return null;
  const notes = ui.note === null ? [] : noteLines(state, width);
  const open = overlayLines(state, width, height - notes.length);
  if (open.lines.length > 0) return { ...open, lines: [...open.lines, ...notes] };
  const shown = bannerIn(ui, state);
  if (shown === null) return null;
  const lines = shown.seen.lines.map((text) => inverseLine([span(text)], width, shown.banner.tone));
  return { ...shown.seen, lines: [...lines, ...notes] };
}

function countdownLines(state: ScreenState, width: number): readonly Line[] {
  const { session, nowMs, isFrozen } = roundProps(state);
  const { round } = session;
  if (round === null) return [[span(noRoundText(session), "muted")], EMPTY_LINE];
  const leftMs = Math.max(0, round.closesAtMs - nowMs);
  const phase = isFrozen ? words.round.frozen : leftMs > 0 ? words.round.open : words.round.closing;
  const left = [span(`${words.round.round} `, "muted"), bold(String(round.opening.round)), span(` ${phase}`, "good")];
  const { full, rest } = bar(leftMs / round.roundMs, width);
  return [
    spread(left, [bold(countdown(leftMs), "accent")], width),
    [span(full, isFrozen ? "muted" : "bar"), span(rest, "frame")],
  ];
}

/** The rows below are for the answer to the last key; where there is none, for why the last BPM was refused. */
function bpmLinesOf({ ui, session }: ScreenState, width: number): readonly Line[] {
  const props = { session, entry: ui.entry, note: null, hasFocus: ui.mode.kind === "main", width };
  return bpmLines(props, ui.note === null ? 1 + MOST_NOTE_ROWS : 1);
}

/** A spectator has no field; the tip as three words stands there. */
function tipLine({ session: { tip } }: ScreenState): Line {
  return tip.words === "" ? EMPTY_LINE : [span(`${words.chain.tip} `, "muted"), span(tip.words, "accent")];
}

/** What the last key did; else what is wrong with the connection. */
function noteLines(state: ScreenState, width: number): readonly Line[] {
  const { note } = state.ui;
  return note === null ? [troubleLine(state)] : noteRows(note, width).map((text): Line => [span(text, note.tone)]);
}

function winnerOf({ session }: ScreenState, width: number): Line {
  const { lastWinner, network } = session;
  const reward = network?.genesis.blockReward ?? null;
  const line = winnerLine({ winner: lastWinner, none: noWinnerText(session), reward, width });
  return lastWinner?.isMe === true ? inverseLine(line, width, "you") : line;
}
