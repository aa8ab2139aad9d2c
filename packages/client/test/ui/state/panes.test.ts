import { describe, expect, it } from "vitest";
import { row, TIP } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const where = ({ ui }: ScreenMachine): string => (ui.hasPaneFocus ? ui.pane : "bpm");

describe("focus", () => {
  it("goes round with Tab and back with Shift-Tab", () => {
    const machine = new ScreenMachine();
    const visited = Array.from({ length: 6 }, () => where(machine.press("Tab")));
    expect(visited).toEqual(["validators", "chain", "proposals", "log", "bpm", "validators"]);
    expect(where(machine.press("Shift-Tab"))).toBe("bpm");
    expect(where(machine.press("Shift-Tab"))).toBe("log");
  });

  it.each([
    ["V", "validators"],
    ["C", "chain"],
    ["P", "proposals"],
    ["L", "log"],
  ])("%s chooses the %s", (key, pane) => {
    expect(where(new ScreenMachine().press(key))).toBe(pane);
  });

  it("comes to the pane that moves", () => {
    expect(where(new ScreenMachine().press("j"))).toBe("chain");
  });

  it("is left by Esc, after zoom and filter", () => {
    const machine = new ScreenMachine().press("V z / b Enter");
    expect(machine.ui).toMatchObject({ isZoomed: true, filters: { validators: "b" } });
    expect(machine.press("Esc").ui.isZoomed).toBe(false);
    expect(machine.press("Esc").ui.filters.validators).toBe("");
    expect(where(machine)).toBe("validators");
    expect(where(machine.press("Esc"))).toBe("bpm");
  });
});

describe("the chain list (TUI rule 15)", () => {
  it("follows the tip until one goes down; then new blocks move nothing and are counted", () => {
    const machine = new ScreenMachine();
    expect(machine.ui.chain).toBeNull();
    machine.press("j");
    expect(machine.ui.chain).toEqual({ selected: TIP - 1, top: TIP, tipThen: TIP });
    machine.moveOn({ tip: { index: TIP + 3, hash: "x", words: "" } });
    expect(machine.ui.chain).toEqual({ selected: TIP - 1, top: TIP, tipThen: TIP });
  });

  it.each(["g", "Home"])("follows again after %s", (key) => {
    expect(new ScreenMachine().press(`j j ${key}`).ui.chain).toBeNull();
  });

  it.each(["G", "End"])("goes to genesis with %s", (key) => {
    const { ui } = new ScreenMachine().press(key);
    expect(ui.chain?.selected).toBe(0);
    expect(ui.chain?.top).toBeLessThan(20);
  });

  it("goes back up block by block, and past the newest follows again", () => {
    const machine = new ScreenMachine().press("j j k k");
    expect(machine.ui.chain?.selected).toBe(TIP);
    expect(machine.press("k").ui.chain).toBeNull();
  });

  it("pages", () => {
    const machine = new ScreenMachine().press("PgDn PgDn");
    const far = machine.ui.chain?.selected ?? 0;
    expect(far).toBeLessThan(TIP - 8);
    expect(machine.press("PgUp PgUp").ui.chain?.selected).toBe(TIP);
  });

  it("goes to an index by :1203, also out of a filter", () => {
    const machine = new ScreenMachine().press("C /").type("bob").press("Enter :").type("700").press("Enter");
    expect(machine.ui.chain).toMatchObject({ selected: 700, top: 700 });
    expect(machine.ui.filters.chain).toBe("");
    expect(machine.press(":").type("99999").press("Enter").ui.note?.text).toBe("There is no block 99999 yet.");
  });

  it("keeps only the blocks of a filter, and moves among them", () => {
    const machine = new ScreenMachine().press("C /").type("bob");
    expect(machine.ui.mode.kind).toBe("filter");
    machine.press("Enter j j");
    const { selected } = machine.ui.chain ?? { selected: 0 };
    expect(row(selected).winnerName).toBe("bob");
    expect(machine.press("Esc").ui).toMatchObject({ filters: { chain: "" }, chain: null });
  });
});

describe("filters", () => {
  it("follow each key; Backspace takes back, Esc clears", () => {
    const machine = new ScreenMachine().press("V /").type("car");
    expect(machine.ui.filters.validators).toBe("car");
    expect(machine.press("Backspace").ui.filters.validators).toBe("ca");
    expect(machine.press("Esc").ui).toMatchObject({ filters: { validators: "" }, mode: { kind: "main" } });
  });

  it("take digits and a paste as text, not as a BPM", () => {
    const machine = new ScreenMachine().press("C / 7 2").act({ type: "paste", text: "\u001b9" });
    expect(machine.ui).toMatchObject({ entry: "", filters: { chain: "729" } });
  });
});

describe("other commands of the main screen", () => {
  it("S sorts, T changes the theme, H shows hints, z zooms", () => {
    const { ui } = new ScreenMachine().press("S T H z");
    expect(ui).toMatchObject({ sort: "name", theme: "light", showsHints: true, isZoomed: true });
  });

  it("p holds the lists still and goes on", () => {
    const machine = new ScreenMachine().press("p");
    const then = machine.session.getState();
    machine.moveOn({ tip: { index: TIP + 1, hash: "x", words: "" } });
    expect(machine.ui.paused?.session).toBe(then);
    expect(machine.press("p").ui.paused).toBeNull();
  });

  it("y copies by name what is selected", () => {
    const machine = new ScreenMachine().press("C y");
    expect(machine.take()).toEqual([{ type: "copy", text: row(TIP).hash }]);
    expect(machine.ui.note?.text).toMatch(/^Copied the hash of block 1204: /);
    const [address] = new ScreenMachine().press("V j y").take();
    expect(address).toMatchObject({ type: "copy" });
    const [chainId] = new ScreenMachine().press("C G y").take();
    expect(chainId).toMatchObject({ type: "copy", text: machine.session.getState().network?.chainId });
  });
});

describe("the detail beside the chain, on a wide screen", () => {
  it("has the newest block from the start", () => {
    const machine = new ScreenMachine({ columns: 120, rows: 40 }).moveOn({});
    expect(machine.take()).toContainEqual({ type: "readBlock", index: TIP, delayMs: 0 });
    // Once: the draws that follow bring theirs along.
    expect(machine.moveOn({}).take()).toEqual([]);
    expect(new ScreenMachine().moveOn({}).take()).toEqual([]);
  });

  it("has the selected block where the screen has just become wide", () => {
    const machine = new ScreenMachine().press("C j j");
    machine.take();
    machine.resize(120, 40);
    expect(machine.take()).toEqual([{ type: "readBlock", index: TIP - 2, delayMs: 0 }]);
    expect(machine.resize(121, 40).take()).toEqual([]);
    // Genesis is known already.
    expect(new ScreenMachine().press("C G").resize(120, 40).take()).toEqual([]);
  });
});

describe("the hub's clock", () => {
  it("gives blocks their age, also while the hub is away; in whole seconds", () => {
    const machine = new ScreenMachine();
    expect(machine.ui.clockOffsetMs).toBe(0);
    machine.moveOn({ connection: { phase: "online", roundTripMs: 4, clockOffsetMs: -3_600_412 } });
    expect(machine.ui.clockOffsetMs).toBe(-3_600_000);
    machine.moveOn({ connection: { phase: "offline", reason: "gone", attempt: 1, retryAtMs: machine.nowMs } });
    expect(machine.ui.clockOffsetMs).toBe(-3_600_000);
  });
});
