import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { type Movement, moveInList, pinnedWindow } from "../../../src/ui/lists/position.ts";
import { validatorLines } from "../../../src/ui/panels/validators.ts";
import { validators } from "../support/sample.ts";

const keys = [..."abcdefghij"];
const MOVEMENTS: readonly Movement[] = ["down", "up", "pageDown", "pageUp", "first", "last"];

describe("the row that is always seen", () => {
  it("takes the last line where the window has it not", () => {
    expect(pinnedWindow(keys, { key: null, line: 0 }, 4, "h")).toEqual({ start: 0, selected: 0, height: 3, pinned: 7 });
    expect(pinnedWindow(keys, { key: null, line: 0 }, 4, "c")).toMatchObject({ height: 4, pinned: -1 });
    expect(pinnedWindow(keys, { key: "i", line: 3 }, 4, "a")).toMatchObject({ height: 3, pinned: 0 });
    expect(pinnedWindow(keys, { key: null, line: 0 }, 4, null)).toMatchObject({ height: 4, pinned: -1 });
    expect(pinnedWindow(keys, { key: null, line: 0 }, 4, "not listed")).toMatchObject({ pinned: -1 });
  });

  it("is seen after each movement, and so is the selected one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.integer({ min: 2, max: 11 }),
        fc.array(fc.constantFrom(...MOVEMENTS), { maxLength: 30 }),
        (always, height, movements) => {
          let position: Parameters<typeof moveInList>[1] = { key: null, line: 0 };
          for (const movement of movements) {
            position = moveInList(keys, position, pinnedWindow(keys, position, height, always).height, movement);
            const window = pinnedWindow(keys, position, height, always);
            const shown = keys.slice(window.start, window.start + window.height);
            expect(shown).toContain(keys[window.selected]);
            expect([...shown, ...(window.pinned === -1 ? [] : [keys[window.pinned]])]).toContain(always);
            expect(shown.length + Number(window.pinned !== -1)).toBe(Math.min(height, keys.length));
          }
        },
      ),
    );
  });

  it("of validators is oneself, marked, below a sign that rows are left out", () => {
    const all = validators();
    const pinned = all.find(({ isMe }) => isMe) ?? null;
    const rows = validatorLines({ rows: all.slice(0, 2), all, pinned, selected: 0, hasFocus: false, width: 40 });
    expect(rows.map((line) => lineText(line).slice(0, 16))).toEqual([
      "   name    stake",
      "  ▸bob       300",
      "   carol     180",
      "…★ alice     100",
    ]);
  });
});
