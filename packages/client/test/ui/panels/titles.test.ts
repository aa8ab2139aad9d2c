/** What stands on the borders. */
import { describe, expect, it } from "vitest";
import { lineText, lineWidth } from "../../../src/ui/format/line.ts";
import { frameLabels } from "../../../src/ui/panes/labels.ts";
import { layoutOf } from "../../../src/ui/state/context.ts";
import { words } from "../../../src/ui/words.ts";
import { detail, NOW_MS, TIP } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

describe("a title", () => {
  it("ends with its pane, however long it is", () => {
    const machine = new ScreenMachine({ columns: 72, rows: 18 }).press("C / v e r y - l o n g - n a m e");
    const { ui, context } = machine;
    const layout = layoutOf(ui, context);
    const chain = layout.regions.find(({ id }) => id === "chain")?.outer ?? expect.unreachable();
    const label = frameLabels({ ...context, ui }, layout, context.reader).find(({ line }) =>
      lineText(line).includes("Chain"),
    );
    expect(label && label.left + lineWidth(label.line)).toBeLessThanOrEqual(chain.left + chain.width - 1);
  });

  it("of a draw says how many of the scores are shown", () => {
    const { ui, context } = new ScreenMachine({ columns: 84, rows: 22 });
    const drawn = {
      ...ui,
      hasPaneFocus: true,
      pane: "validators",
      draw: { detail: detail(TIP), startedAtMs: NOW_MS },
    } as const;
    const text = frameLabels({ ...context, ui: drawn }, layoutOf(drawn, context), context.reader).map(({ line }) =>
      lineText(line),
    );
    expect(text).toContainEqual(expect.stringContaining(`Draw #${TIP} ─ lowest wins, 5 of 8`));
  });

  it("of a filtered chain leaves room for what is new", () => {
    expect(words.matches(111_000, 1_000_002)).toBe("111,000 of 1M");
    expect(words.matches(301, 1_204)).toBe("301 of 1,204");
  });
});
