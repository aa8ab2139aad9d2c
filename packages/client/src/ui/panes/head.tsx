import type { ReactNode } from "react";
import { type Line, span } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { winStrip } from "../lists/win-strip.ts";
import { Lines } from "../look/lines.tsx";
import { bpmLines } from "../panels/bpm-line.ts";
import { roundLine } from "../panels/round-line.ts";
import { luckLine, stakeLine } from "../panels/stake-line.ts";
import { DRAW_FALL_MS } from "../state/draw-timing.ts";
import type { ScreenState } from "../store/screen-store.ts";
import { useScreen, useStore } from "../store/use-screen.ts";

const PULSE_BLOCKS = 8;
const STRIP_ROUNDS = 40;

/** Identity, round and the BPM field. */
export function Head({ inner, isFull }: { readonly inner: Rect; readonly isFull: boolean }): ReactNode {
  const { reader } = useStore();
  const state = useScreen((all) => all);
  const { session, ui, isSpectator } = state;
  const isStaking = ui.mode.kind === "staking";
  const width = inner.width - 2;
  const { readRows } = reader.source(session, "");
  const recent = readRows(Math.max(1, session.tip.index - PULSE_BLOCKS + 1), session.tip.index);
  const pulse = recent.flatMap(({ bpm }) => (bpm === null ? [] : [bpm]));
  const strip = isFull && session.me !== null ? winStrip(session, readRows, STRIP_ROUNDS) : "";
  const hasFocus = !ui.hasPaneFocus && ui.mode.kind === "main";
  const said = bpmLines({ session, entry: ui.entry, note: ui.note, hasFocus, isStaking, width }, 2);
  const standing: readonly Line[] = [
    stakeLine({ session, pulse, width, isSpectator, isStaking }),
    ...(isFull ? [luckLine(session, strip, width)] : []),
  ];
  const lines: readonly Line[] = [
    // What was just refused, or done, is news; how one stands is not.
    ...standing.slice(0, standing.length + 1 - said.length),
    roundLine({ ...roundProps(state), width, hasTrail: isFull }),
    ...said,
  ];
  return <Lines lines={lines.map((line) => [span(" "), ...line])} width={inner.width} height={inner.height} />;
}

/** What the round's line needs of the state: while the hub is away, time stands still. */
export function roundProps({ session, ui, nowMs }: ScreenState): {
  session: ScreenState["session"];
  nowMs: number;
  isFrozen: boolean;
  isDrawing: boolean;
} {
  return {
    session,
    nowMs: ui.frozenAtMs ?? nowMs,
    isFrozen: ui.frozenAtMs !== null,
    isDrawing: ui.draw !== null && nowMs - ui.draw.startedAtMs < DRAW_FALL_MS,
  };
}
