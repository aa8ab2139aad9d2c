import { describe, expect, it } from "vitest";
import { initialUi } from "../../../src/ui/state/ui-state.ts";
import { nextTickMs, runClock } from "../../../src/ui/store/clock.ts";
import { ScreenStore } from "../../../src/ui/store/screen-store.ts";
import { detail, NOW_MS, round, TIP } from "../support/sample.ts";
import { ScriptedSession } from "../support/scripted-session.ts";

const ui = initialUi({ theme: "dark", asksForStake: false, showsHints: false, log: [] });

describe("the clock (TUI rule 5)", () => {
  const session = new ScriptedSession({ round: round(1, NOW_MS + 17_250) }).getState();

  it("ticks once a second, exactly when a second of the countdown is over", () => {
    expect(nextTickMs({ session, ui }, NOW_MS)).toBe(250);
    expect(nextTickMs({ session, ui }, NOW_MS + 250)).toBe(1000);
    expect(nextTickMs({ session, ui }, NOW_MS + 17_250)).toBe(1000);
    expect(nextTickMs({ session, ui }, NOW_MS + 18_000)).toBe(250);
  });

  it("ticks faster only while the bars of a draw fall", () => {
    const drawing = { session, ui: { ...ui, draw: { detail: detail(TIP), startedAtMs: NOW_MS } } };
    expect(nextTickMs(drawing, NOW_MS)).toBe(80);
    expect(nextTickMs(drawing, NOW_MS + 1499)).toBe(80);
    expect(nextTickMs(drawing, NOW_MS + 1500)).toBe(750);
    expect(nextTickMs(drawing, NOW_MS + 4900)).toBe(100);
  });

  it("runs on one timer, set anew when the deadline moves, and stops", () => {
    const scripted = new ScriptedSession({ round: round(1, NOW_MS + 17_250) });
    let nowMs = NOW_MS;
    const timers: { callback: () => void; ms: number; isLive: boolean }[] = [];
    const store = new ScreenStore({
      session: scripted,
      ui,
      size: { columns: 84, rows: 22 },
      isSpectator: false,
      bell: false,
      now: () => nowMs,
      perform: () => {},
    });
    const stop = runClock(store, () => nowMs, {
      set: (callback, ms) => {
        const timer = { callback, ms, isLive: true };
        timers.push(timer);
        return timer;
      },
      clear: (timer) => {
        if (timer !== undefined) timer.isLive = false;
      },
    });
    const live = () => timers.filter(({ isLive }) => isLive).map(({ ms }) => ms);
    expect(live()).toEqual([250]);
    scripted.set({ round: round(2, NOW_MS + 30_100) });
    store.readSession();
    expect(live()).toEqual([100]);
    nowMs += 100;
    const timer = timers.find(({ isLive }) => isLive);
    if (timer !== undefined) {
      timer.isLive = false;
      timer.callback();
    }
    expect(store.getState().nowMs).toBe(NOW_MS + 100);
    expect(live()).toEqual([1000]);
    stop();
    expect(live()).toEqual([]);
  });
});

describe("the store", () => {
  it("tells its listeners once for a whole commit, however many events came with it (TUI rule 6)", () => {
    const scripted = new ScriptedSession();
    const store = new ScreenStore({
      session: scripted,
      ui,
      size: { columns: 84, rows: 22 },
      isSpectator: false,
      bell: false,
      now: () => NOW_MS,
      perform: () => {},
    });
    let told = 0;
    store.subscribe(() => {
      told++;
    });
    for (let i = 0; i < 5000; i++) store.noteEvent({ event: "notice", message: `line ${i}` });
    store.noteEvent({ event: "block", index: 1, hash: "", words: "", round: 1, verified: "links" });
    expect(told).toBe(0);
    scripted.set({ tip: { index: TIP + 1, hash: "x", words: "" } });
    store.readSession();
    expect(told).toBe(1);
    expect(store.getState().ui.log.at(-1)?.text).toBe("line 4999");
    expect(store.getState().ui.log.length).toBeLessThanOrEqual(300);
  });
});
