import { DRAW_FALL_MS, DRAW_SHOWN_MS } from "../state/draw-timing.ts";
import type { ScreenState, ScreenStore } from "./screen-store.ts";

/** Between two frames of a draw that is played. */
const FRAME_MS = 80;

/**
 * Milliseconds until the screen has to tick again: once a second, aligned to the round's deadline so that the countdown
 * changes exactly when a second of it is over; faster only while the bars of a draw fall.
 */
export function nextTickMs({ session, ui }: Pick<ScreenState, "session" | "ui">, nowMs: number): number {
  if (ui.draw !== null) {
    const playedMs = nowMs - ui.draw.startedAtMs;
    if (playedMs < DRAW_FALL_MS) return FRAME_MS;
    if (playedMs < DRAW_SHOWN_MS)
      return Math.min(alignedMs(session.round?.closesAtMs ?? 0, nowMs), DRAW_SHOWN_MS - playedMs);
  }
  return alignedMs(session.round?.closesAtMs ?? 0, nowMs);
}

function alignedMs(deadlineMs: number, nowMs: number): number {
  const rest = (deadlineMs - nowMs) % 1000;
  return rest > 0 ? rest : rest + 1000;
}

/** Timers as the screen needs them; tests give their own. */
export interface Timers<T> {
  readonly set: (callback: () => void, ms: number) => T;
  readonly clear: (timer: T | undefined) => void;
}

/** Ticks the store by one timer, set anew whenever the deadline or a draw asks for another moment. Returns how to stop. */
export function runClock<T>(store: ScreenStore, now: () => number, timers: Timers<T>): () => void {
  let timer: T | undefined;
  let dueMs = Number.POSITIVE_INFINITY;
  const schedule = (): void => {
    const nowMs = now();
    const nextMs = nowMs + nextTickMs(store.getState(), nowMs);
    if (Math.abs(nextMs - dueMs) < 1) return;
    timers.clear(timer);
    dueMs = nextMs;
    timer = timers.set(() => {
      dueMs = Number.POSITIVE_INFINITY;
      store.tick();
      schedule();
    }, nextMs - nowMs);
  };
  const unsubscribe = store.subscribe(schedule);
  schedule();
  return () => {
    unsubscribe();
    timers.clear(timer);
  };
}
