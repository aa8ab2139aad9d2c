/** After an alarm that halts, nothing is sent to the hub any more, and the BPM field says so. */
import { expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { bpmLines } from "../../../src/ui/panels/bpm-line.ts";
import { frameLabels } from "../../../src/ui/panes/labels.ts";
import { layoutOf } from "../../../src/ui/state/context.ts";
import { NOW_MS, state } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const failure = { rule: "draw", index: 4, expected: "carol", actual: "bob" } as const;
const alarms = [{ failure, isProven: true, halts: true, evidenceFile: "/e/1.json", atMs: NOW_MS }];

it("a hub that has cheated gets no BPM", () => {
  const session = state({ alarms, round: null, repeatedBpm: 72 });
  const line = bpmLines({ session, entry: "", note: null, hasFocus: true, width: 80 }, 2).map(lineText).join(" ");
  expect(line).toContain("nothing is sent to a hub that cheated");
  expect(line).not.toContain("every round");
  const machine = new ScreenMachine({ state: { alarms, round: null } });
  // The first Enter puts the alarm away.
  machine.press("Enter 7 2 Enter");
  expect(machine.take()).toEqual([]);
  expect(machine.ui.note).toMatchObject({ text: "nothing is sent to a hub that cheated", tone: "bad" });
});

it("its chain is said to have stopped, and Enter to do one thing only", () => {
  const { ui, context } = new ScreenMachine({
    columns: 120,
    rows: 40,
    isSpectator: true,
    state: { alarms, round: null },
  });
  const labels = frameLabels({ ...context, ui }, layoutOf(ui, context), context.reader).map(({ line }) =>
    lineText(line),
  );
  expect(labels.join("\n")).toContain("Chain ─ ✗ stopped");
  expect(labels.join("\n")).not.toContain("following");
  expect(labels.at(-1)?.match(/Enter/g)).toHaveLength(1);
});
