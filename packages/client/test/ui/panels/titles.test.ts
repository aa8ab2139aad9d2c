/** What stands on the borders. */
import { describe, expect, it } from "vitest";
import type { BlockDetail } from "../../../src/session/session.ts";
import { lineText, lineWidth } from "../../../src/ui/format/line.ts";
import { frameLabels } from "../../../src/ui/panes/labels.ts";
import { layoutOf } from "../../../src/ui/state/context.ts";
import type { UiState } from "../../../src/ui/state/ui-state.ts";
import { words } from "../../../src/ui/words.ts";
import { ALARM, detail, NOW_MS, TIP } from "../support/sample.ts";
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

  /** All that stands on the borders. */
  const texts = (machine: ScreenMachine, changes: Partial<UiState> = {}): readonly string[] => {
    const { context } = machine;
    const ui = { ...machine.ui, ...changes };
    return frameLabels({ ...context, ui }, layoutOf(ui, context), context.reader).map(({ line }) => lineText(line));
  };
  const drawOf = (block: BlockDetail): Partial<UiState> => ({ draw: { detail: block, startedAtMs: NOW_MS } });

  it("on the lowest border, of how much more there is, stands beside the footer and not below it", () => {
    const alarms = [{ ...ALARM, evidenceFile: `/home/${"a-folder/".repeat(12)}1204-draw.json` }];
    const { ui, context } = new ScreenMachine({
      columns: 60,
      rows: 16,
      state: { alarms, me: null },
      isSpectator: true,
    });
    const labels = frameLabels({ ...context, ui }, layoutOf(ui, context), context.reader);
    const [more, footer] = labels.filter(({ row }) => row === 15);
    expect(lineText(more?.line ?? [])).toMatch(/^ ↓ \d more $/);
    expect(lineText(footer?.line ?? [])).toMatch(/^─ Enter acknowledge {2}j\/k move /);
    expect((footer?.left ?? 0) + lineWidth(footer?.line ?? [])).toBeLessThan(more?.left ?? 0);
  });

  it("of a draw says how many of the scores are shown", () => {
    const focused = { hasPaneFocus: true, pane: "validators" } as const;
    expect(texts(new ScreenMachine({ columns: 84, rows: 22 }), { ...drawOf(detail(TIP)), ...focused })).toContainEqual(
      expect.stringContaining(`Draw #${TIP} ─ lowest wins, 5 of 8`),
    );
  });

  it("of a draw counts who was drawn from, as its list does: a proposal of a slashed author was not", () => {
    const drawn = detail(TIP, ["bob", "carol", "dave"]);
    const block = { ...drawn.block, proposalCount: 4 };
    const machine = new ScreenMachine({ columns: 84, rows: 24 });
    expect(texts(machine, drawOf({ ...drawn, block }))).toContain(` Draw #${TIP} ─ lowest wins, all 3 `);
  });

  it("says less where there is less room, and is not cut in the middle", () => {
    const watching = new ScreenMachine({ columns: 60, rows: 16, isSpectator: true, state: { me: null } });
    expect(texts(watching, drawOf(detail(TIP, ["bob", "carol", "dave"])))).toContain(` Draw #${TIP} ─ all 3 `);
    const filtered = texts(watching.press("V / c a r Enter p"));
    expect(filtered).toContain("▸ Validators ━ ‖ PAUSED /car ");
    for (const text of filtered) expect(text).not.toContain("…");
  });

  it("of a filtered chain leaves room for what is new", () => {
    expect(words.matches(111_000, 1_000_002)).toBe("111,000 of 1M");
    expect(words.matches(301, 1_204)).toBe("301 of 1,204");
  });
});
