import { describe, expect, it } from "vitest";
import { detail, TIP } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const read = (machine: ScreenMachine, index: number): ScreenMachine =>
  machine.act({ type: "blockRead", index, detail: detail(index) });

describe("a block's detail", () => {
  it("opens with Enter on the chain, and is fetched", () => {
    const machine = new ScreenMachine().press("C j Enter");
    expect(machine.ui.mode).toMatchObject({ kind: "block", index: TIP - 1 });
    expect(machine.ui.openBlock).toMatchObject({ index: TIP - 1, status: "loading" });
    expect(machine.take()).toEqual([{ type: "readBlock", index: TIP - 1, delayMs: 0 }]);
    expect(read(machine, TIP - 1).ui.openBlock?.status).toBe("read");
  });

  it("jumps to the parent and back", () => {
    const machine = read(new ScreenMachine().press("C Enter"), TIP).press("[");
    expect(machine.ui.mode).toMatchObject({ kind: "block", index: TIP - 1 });
    expect(machine.press("]").ui.mode).toMatchObject({ index: TIP });
  });

  it("has an end at block 1 and at the tip, and says so", () => {
    const machine = new ScreenMachine().press(":").type("1").press("Enter Enter");
    expect(machine.press("[").ui.note?.text).toBe("The parent of block 1 is genesis.");
    expect(new ScreenMachine().press("C Enter ]").ui.note?.text).toBe("There is no block 1205 yet.");
  });

  it("copies the value that is selected", () => {
    const machine = read(new ScreenMachine().press("C Enter"), TIP);
    machine.take();
    expect(machine.press("j y").take()).toEqual([{ type: "copy", text: detail(TIP).block.prevHash }]);
    expect(machine.ui.note?.text).toMatch(/^Copied prev: /);
  });

  it("is not overwritten by an answer for another block", () => {
    const machine = read(new ScreenMachine().press("C Enter"), TIP).press("[");
    expect(read(machine, TIP).ui.openBlock).toMatchObject({ index: TIP - 1, status: "loading" });
  });

  it("keeps the place of a key that was pressed while it was on its way", () => {
    const { mode } = read(new ScreenMachine().press("v G"), TIP).ui;
    expect(mode).toMatchObject({ selected: detail(TIP).view.steps.length - 1 });
  });

  it("that cannot be had says so", () => {
    const machine = new ScreenMachine().press("C Enter").act({ type: "blockRead", index: TIP, detail: null });
    expect(machine.ui.openBlock).toMatchObject({ status: "missing" });
  });

  it.each(["Esc", "q"])("closes with %s", (key) => {
    expect(new ScreenMachine().press(`C Enter ${key}`).ui.mode.kind).toBe("main");
  });

  it("of an empty chain is told, not opened", () => {
    const machine = new ScreenMachine({ state: { tip: { index: 0, hash: "", words: "" }, lastWinner: null } }).press(
      "v",
    );
    expect(machine.ui.mode.kind).toBe("main");
    expect(machine.ui.note?.text).toContain("No block yet");
  });

  it("is told no longer once a block has come, though nobody presses a key", () => {
    const machine = new ScreenMachine({
      state: { tip: { index: 0, hash: "", words: "" }, lastWinner: null },
      isSpectator: true,
    }).press("Enter");
    expect(machine.ui.note?.text).toContain("No block yet");
    machine.moveOn({ tip: { index: 1, hash: "ab".repeat(32), words: "one two three" } });
    expect(machine.ui.note).toBeNull();
  });
});

describe("the recomputation of a draw", () => {
  it("opens with v for the newest block from anywhere, and for the open block from its detail", () => {
    expect(new ScreenMachine().press("v").ui.mode).toMatchObject({ kind: "verify", index: TIP });
    expect(read(new ScreenMachine().press("C j Enter"), TIP - 1).press("v").ui.mode).toMatchObject({
      kind: "verify",
      index: TIP - 1,
    });
  });

  it("copies the value of the step that is selected", () => {
    const machine = read(new ScreenMachine().press("v"), TIP);
    machine.take();
    expect(machine.press("G y").take()).toEqual([{ type: "copy", text: detail(TIP).view.steps.at(-1)?.value }]);
  });
});

describe("the palette", () => {
  it("runs a command by its name, or by its beginning", () => {
    expect(new ScreenMachine().press(":").type("stake").press("Enter").ui.mode.kind).toBe("staking");
    expect(new ScreenMachine().press(":").type("zo").press("Enter").ui.isZoomed).toBe(true);
    expect(new ScreenMachine().press(":").type("theme contrast").press("Enter").ui.theme).toBe("contrast");
  });

  it("completes with Tab, chooses with arrows, and says what it does not know", () => {
    const completed = new ScreenMachine().press(":").type("pro").press("Tab").ui.mode;
    expect(completed).toMatchObject({ text: "proposals " });
    expect(new ScreenMachine().press(":").type("xyzzy").press("Enter").ui.note?.text).toContain(
      'There is no command "xyzzy"',
    );
  });

  it(":peer bob selects that validator", () => {
    const machine = new ScreenMachine().press(":").type("peer erin").press("Enter");
    const erin = machine.session.getState().validators.find(({ name }) => name === "erin");
    expect(machine.ui).toMatchObject({
      pane: "validators",
      hasPaneFocus: true,
      lists: { validators: { key: erin?.publicKey } },
    });
    expect(new ScreenMachine().press(":").type("peer nobody").press("Enter").ui.note?.text).toBe(
      'There is no validator "nobody".',
    );
  });

  it("is left by Esc, and by Backspace out of nothing", () => {
    expect(new ScreenMachine().press(": Esc").ui.mode.kind).toBe("main");
    expect(new ScreenMachine().press(": a Backspace Backspace").ui.mode.kind).toBe("main");
  });
});

describe("help", () => {
  it("opens with ?, scrolls, and closes", () => {
    const machine = new ScreenMachine().press("? j j");
    expect(machine.ui.mode).toEqual({ kind: "help", top: 2 });
    expect(machine.press("q").ui.mode.kind).toBe("main");
    expect(machine.take()).toEqual([]);
  });
});

describe("a validator's detail", () => {
  it("opens with Enter on the validators or the proposals", () => {
    expect(new ScreenMachine().press("V Enter").ui.mode.kind).toBe("validator");
    expect(new ScreenMachine().press("P Enter").ui.mode.kind).toBe("validator");
  });
});
