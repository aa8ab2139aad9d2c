/** What is still told, and whole, where there is little room (TUI rule 9). */
import { describe, expect, it } from "vitest";
import type { SessionState } from "../../../src/session/session.ts";
import { lineText } from "../../../src/ui/format/line.ts";
import { identityLine } from "../../../src/ui/panes/labels.ts";
import { minimalLines } from "../../../src/ui/panes/minimal-lines.ts";
import { ALARM, me, NOW_MS, state } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const shown = (overrides: Partial<SessionState>, keys: string | null = null): readonly string[] => {
  const machine = new ScreenMachine({ columns: 40, rows: 8, state: overrides, isSpectator: overrides.me === null });
  if (keys !== null) machine.press(keys);
  const { context, ui } = machine;
  return minimalLines({ ...context, ui }, 40, 8).map((line) => lineText(line).trimEnd());
};

describe("at 40×8", () => {
  it("what the last key did is read whole", () => {
    expect(shown({}, "Enter")[4]).toBe("Type a whole number, 30–220, then Enter.");
    const lines = shown({ me: me({ bonded: 0 }) }, "7 2 Enter");
    expect(lines.slice(4, 6).join(" ")).toBe("Nothing is staked, so there is nothing to draw with: press s");
    expect(lines).toHaveLength(8);
  });

  it("an alarm has its title and its evidence whole, and tells that what it says is cut", () => {
    const lines = shown({ alarms: [ALARM] });
    expect(lines.slice(0, 2).join(" ")).toContain("ALARM: the hub has cheated at block");
    expect(lines.slice(0, 7).some((line) => line.endsWith("…"))).toBe(true);
    const evidence = lines.slice(lines.findIndex((line) => line.startsWith("Evidence"))).slice(0, -1);
    expect(evidence.join("").replaceAll(" ", "")).toBe(`Evidence:${ALARM.evidenceFile}`);
  });

  it("a spectator has no field, but the tip as three words, and who is there", () => {
    const lines = shown({ me: null });
    expect(lines.join("\n")).not.toContain("BPM ▸");
    expect(lines[3]).toBe("tip carpet bacon finger");
    expect(lines[6]).toBe("7 of 8 online   804 staked");
  });

  it("that the hub cheated is read whole", () => {
    const alarms = [{ ...ALARM, halts: true }];
    expect(shown({ alarms, round: null }, "Enter")[1]).toBe("Hub cheated: no longer followed.");
  });

  it("a clock that is off, and why the hub is gone, have a line", () => {
    const clock = { phase: "online", roundTripMs: 4, clockOffsetMs: -3_600_000 } as const;
    expect(shown({ connection: clock })[4]).toBe("clock ahead by 1h");
    const gone = { phase: "offline", reason: "nobody listens there", attempt: 3, retryAtMs: NOW_MS + 4000 } as const;
    expect(shown({ connection: gone })[4]).toBe("in 4s · nobody listens there");
  });
});

it("a title without room for the program's name begins with one's own", () => {
  const { context, ui } = new ScreenMachine();
  const line = (width: number): string => lineText(identityLine({ ...context, ui, session: state() }, width));
  expect(line(40)).toMatch(/^pos-client {2}alice /);
  expect(line(8)).toBe("alice");
});
