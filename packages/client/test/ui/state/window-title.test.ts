import { expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { windowTitle } from "../../../src/ui/notify/title.ts";
import { spectatorLines } from "../../../src/ui/panels/spectator.ts";
import { words } from "../../../src/ui/words.ts";
import { NOW_MS, state } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const titleOf = ({ ui, context }: ScreenMachine): string => windowTitle({ ...context, ui });
const refused = (isConnected: boolean) =>
  ({ connection: { phase: "refused", fault: { code: "NAME_TAKEN", actual: "alice" }, isConnected } }) as const;

it("the window's title tells a question that waits from a hub that is gone (TUI rule 12)", () => {
  expect(titleOf(new ScreenMachine())).toBe("17s r1425 alice");
  const machine = new ScreenMachine({ state: refused(true) });
  expect(titleOf(machine)).toBe("! alice");
  // Once it is put aside, the rounds go on, and are followed.
  expect(titleOf(machine.press("Esc"))).toBe("17s r1425 alice");
  expect(titleOf(new ScreenMachine({ state: refused(false) }))).toBe("○ alice");
});

it("a spectator's large digits leave it to the winner's own place that there is none", () => {
  const session = state({ lastWinner: null, connection: { phase: "connecting", attempt: 1 }, round: null });
  const lines = spectatorLines({ session, nowMs: NOW_MS, isFrozen: false, width: 58, note: null }).map(lineText);
  expect(lines.join(" ")).not.toContain("winner");
});

it("how large a terminal has to be is said first, whole (TUI rule 9)", () => {
  for (const columns of [12, 20, 30, 31, 32, 39]) {
    const [first = ""] = words.tooSmall(columns, 5);
    expect(first).toContain("40×8");
    expect(first.length).toBeLessThanOrEqual(columns);
  }
});
