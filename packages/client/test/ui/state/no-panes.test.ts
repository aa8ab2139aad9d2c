/** Where there is no room for the lists, no key works in one that nobody sees (TUI rule 9). */
import { describe, expect, it } from "vitest";
import type { SessionState } from "../../../src/session/session.ts";
import { lineText } from "../../../src/ui/format/line.ts";
import { footerOf } from "../../../src/ui/panes/labels.ts";
import { minimalLines } from "../../../src/ui/panes/minimal-lines.ts";
import { ALARM, hex, TIP } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const NO_ROOM = "No room for lists here: 60×16 has them.";
const footer = ({ ui, context }: ScreenMachine): string => lineText(footerOf({ ...context, ui }, 200));
const shown = ({ ui, context }: ScreenMachine): string =>
  minimalLines({ ...context, ui }, context.size.columns, context.size.rows)
    .map(lineText)
    .join("\n");

describe.each([
  [40, 8],
  [100, 12],
])("at %i×%i", (columns, rows) => {
  const small = (state: Partial<SessionState> = {}, isSpectator = false): ScreenMachine =>
    new ScreenMachine({ columns, rows, state, isSpectator });

  it("the footer offers nothing that needs a list", () => {
    for (const machine of [small(), small({ me: null }, true)]) {
      expect(footer(machine)).not.toMatch(/pane|zoom|move|filter|detail/);
      expect(footer(machine)).toMatch(/\? help.*q quit.*v verify/);
    }
    expect(footer(small().press("?"))).toContain("j/k move");
  });

  it.each("Tab Shift-Tab V C P L z j k PgDn PgUp g G / S p H".split(" "))("%s says that there is no room", (key) => {
    const machine = small();
    const { ui } = machine;
    machine.press(key);
    expect(machine.ui).toEqual({ ...ui, note: { text: NO_ROOM, tone: "muted" } });
    expect(shown(machine)).toContain(NO_ROOM);
  });

  it("Enter is for the BPM field, also where a list had the keys on a larger screen", () => {
    const machine = new ScreenMachine().press("C j").resize(columns, rows);
    expect(machine.press("Enter").ui).toMatchObject({
      mode: { kind: "main" },
      note: { text: "Type a whole number, 30–220, then Enter." },
    });
    expect(small({ me: null }, true).press("Enter").ui.note?.text).toBe(NO_ROOM);
  });

  it("a block and a validator that are asked for by name are opened", () => {
    expect(small().press(":").type("700").press("Enter").ui.mode).toMatchObject({ kind: "block", index: 700 });
    const machine = small().press(":").type("peer bob").press("Enter");
    expect(machine.ui.mode).toMatchObject({ kind: "validator", publicKey: hex("key bob") });
    for (const text of ["0", "filter bob", "chain"])
      expect(small().press(":").type(text).press("Enter").ui).toMatchObject({
        mode: { kind: "main" },
        hasPaneFocus: false,
        chain: null,
        filters: { chain: "" },
        note: { text: NO_ROOM },
      });
    expect(small().press("v").ui.mode).toMatchObject({ kind: "verify", index: TIP });
  });
});

it("a long alarm still scrolls where there is no room for lists", () => {
  const machine = new ScreenMachine({ columns: 40, rows: 8, state: { alarms: [ALARM] } });
  expect(footer(machine)).toContain("j/k move");
  expect(machine.press("j").ui).toMatchObject({ note: null, bannerScroll: { top: 1 } });
});
