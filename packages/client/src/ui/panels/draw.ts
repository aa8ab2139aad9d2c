import type { SessionState } from "../../session/session.ts";
import { bar } from "../format/bars.ts";
import { bold, type Line, span } from "../format/line.ts";
import { shortScores } from "../format/scores.ts";
import { padEnd, padStart } from "../format/text.ts";
import { nameOfKey } from "../lists/names.ts";
import { DRAW_FALL_MS } from "../state/draw-timing.ts";
import type { PlayedDraw } from "../state/ui-state.ts";
import { words } from "../words.ts";

export interface DrawProps {
  readonly draw: PlayedDraw;
  readonly session: Pick<SessionState, "validators" | "round" | "me">;
  readonly nowMs: number;
  readonly width: number;
  readonly height: number;
}

interface Racer {
  readonly name: string;
  readonly score: number;
  readonly text: string;
  readonly isMe: boolean;
  readonly isWinner: boolean;
}

/** One bar a proposer: all begin full, one after the other falls to its score, the lowest last, which is then marked. */
export function drawLines({ draw, session, nowMs, width, height }: DrawProps): readonly Line[] {
  const racers = racersOf(draw, session);
  const most = Math.max(...racers.map(({ score }) => score), Number.MIN_VALUE);
  const progress = Math.min(1, Math.max(0, (nowMs - draw.startedAtMs) / DRAW_FALL_MS));
  const shown = racers.slice(0, Math.max(1, height));
  const nameWidth = Math.min(12, Math.max(6, Math.floor(width * 0.22)));
  const scoreWidth = Math.max(...shown.map(({ text }) => text.length));
  const barWidth = Math.max(4, width - nameWidth - scoreWidth - 13);
  return shown.map((racer, i): Line => {
    const fallen = easeOut(fallOf(progress, i, shown.length));
    // By the square root, as the lowest of many scores would all but vanish.
    const fraction = 1 - fallen * (1 - Math.sqrt(racer.score / most));
    const isDown = fallen >= 1;
    const isMarked = racer.isWinner && progress >= 1;
    const { full, rest } = bar(fraction, barWidth);
    const tone = isMarked ? "you" : racer.isMe ? "accent" : isDown ? undefined : "muted";
    const text = [
      span(isMarked ? "★" : " ", "you"),
      { ...span(padEnd(racer.name, nameWidth), tone), isBold: isMarked },
      span(" "),
      span(full, isMarked ? "good" : "bar"),
      span(rest, "frame"),
      span(` ${padStart(isDown ? racer.text : "…", scoreWidth)}`, tone),
      ...(isMarked ? [bold(` ${words.draw.lowest}`, "good")] : []),
    ];
    return text;
  });
}

function racersOf({ detail }: PlayedDraw, session: DrawProps["session"]): readonly Racer[] {
  const { view } = detail;
  const column = Math.max(0, view.columns.indexOf("score"));
  const scores = view.rows.map(({ cells }) => cells[column] ?? "0");
  const texts = shortScores(scores);
  return view.rows.map(({ publicKey, isWinner }, i) => ({
    name: nameOfKey(publicKey, session, detail),
    score: Number(scores[i]),
    text: texts[i] ?? "",
    isMe: publicKey === session.me?.publicKey,
    isWinner,
  }));
}

/** Each bar falls for so much of the whole time; the highest score begins, the lowest comes down last. */
const FALL_SHARE = 0.5;

/** How far the bar at a place has fallen, 0 to 1. */
function fallOf(progress: number, place: number, count: number): number {
  const start = count < 2 ? 0 : ((count - 1 - place) / (count - 1)) * (1 - FALL_SHARE);
  return Math.min(1, Math.max(0, (progress - start) / FALL_SHARE));
}

function easeOut(t: number): number {
  return t >= 1 ? 1 : 1 - (1 - t) ** 3;
}
