import { describe, expect, it } from "vitest";
import { me } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

describe("entering a BPM", () => {
  it("is digits and Enter, from anywhere", () => {
    const machine = new ScreenMachine().press("V j 7 2");
    expect(machine.ui.entry).toBe("72");
    expect(machine.press("Enter").take()).toEqual([{ type: "propose", bpm: 72 }]);
    expect(machine.ui).toMatchObject({ entry: "", note: null, lastBpm: 72 });
  });

  it.each(["v", "C Enter", "V Enter", "?"])("also over what %s opened, which stays open", (keys) => {
    const machine = new ScreenMachine().press(`${keys} 7 q Backspace 2`);
    const { kind } = machine.ui.mode;
    expect(kind).not.toBe("main");
    expect(machine.ui.entry).toBe("72");
    machine.take();
    expect(machine.press("Enter").take()).toEqual([{ type: "propose", bpm: 72 }]);
    expect(machine.ui.mode.kind).toBe(kind);
  });

  it("gives every printable key to a field that is not empty: a letter makes the error at once", () => {
    const machine = new ScreenMachine().press("7 q");
    expect(machine.ui.entry).toBe("7q");
    expect(machine.ui.note).toMatchObject({ text: "BPM is a whole number: digits only", tone: "bad" });
    expect(machine.press("Enter").take()).toEqual([]);
    expect(machine.press("Backspace").ui).toMatchObject({ entry: "7", note: null });
  });

  it.each(["72.5", "7e1", "-5", "72 "])("never sends %j", (text) => {
    const machine = new ScreenMachine().type(`7${text}`).press("Enter");
    expect(machine.take()).toEqual([]);
    expect(machine.ui.note?.tone).toBe("bad");
  });

  it.each(["-72", "−72", ".5", ",5"])(
    "refuses %j typed whole, as a sign or a point counts from the first key on",
    (text) => {
      const machine = new ScreenMachine().type(text);
      expect(machine.ui).toMatchObject({
        entry: text,
        note: { text: "BPM is a whole number: digits only", tone: "bad" },
      });
      expect(machine.press("Enter").take()).toEqual([]);
    },
  );

  it("says a number out of range at once where more digits cannot mend it, else at Enter", () => {
    expect(new ScreenMachine().type("221").ui.note?.text).toBe("BPM goes from 30 to 220");
    expect(new ScreenMachine().type("2").ui.note).toBeNull();
    const low = new ScreenMachine().type("29").press("Enter");
    expect(low.ui.note?.text).toBe("BPM goes from 30 to 220");
    expect(low.take()).toEqual([]);
    expect(new ScreenMachine().type("30").press("Enter").take()).toEqual([{ type: "propose", bpm: 30 }]);
    expect(new ScreenMachine().type("220").press("Enter").take()).toEqual([{ type: "propose", bpm: 220 }]);
  });

  it("takes no endless text", () => {
    expect(new ScreenMachine().type("9".repeat(500)).ui.entry.length).toBe(12);
  });

  it("is cleared by Esc, which never quits (TUI rule 10)", () => {
    const machine = new ScreenMachine().press("7 Esc");
    expect(machine.ui).toMatchObject({ entry: "", note: null });
    expect(machine.press("Esc Esc Esc").take()).toEqual([]);
  });

  it("of nothing says what to type", () => {
    expect(new ScreenMachine().press("Enter").ui.note?.text).toBe("Type a whole number, 30–220, then Enter.");
  });

  it("without stake, or before the hub answered, says what is missing and sends nothing", () => {
    const unstaked = new ScreenMachine({ state: { me: me({ bonded: 0 }) } }).press("7 2 Enter");
    expect(unstaked.ui.note?.text).toContain("press s");
    const early = new ScreenMachine({ state: { me: null, network: null } }).press("7 2 Enter");
    expect(early.ui.note?.text).toContain("Not connected");
    expect([...unstaked.take(), ...early.take()]).toEqual([]);
    expect(early.ui.entry).toBe("72");
  });

  it("by paste is data: control characters are gone, letters make the error, nothing is sent (TUI rule 17)", () => {
    const machine = new ScreenMachine().act({ type: "paste", text: "\u001b[31m7\r2\n" });
    expect(machine.ui.entry).toBe("[31m72");
    expect(machine.ui.note?.tone).toBe("bad");
    expect(new ScreenMachine().act({ type: "paste", text: " 72\n" }).ui.entry).toBe("72");
    expect(new ScreenMachine().act({ type: "paste", text: "q" }).take()).toEqual([]);
  });

  it("is not for a spectator", () => {
    const machine = new ScreenMachine({ isSpectator: true, state: { me: null } }).press("7 2 Enter s r");
    expect(machine.ui.entry).toBe("");
    // There is no field for Enter to belong to: it opens the selected block at once.
    expect(machine.ui.mode).toMatchObject({ kind: "block" });
    expect(machine.take().map(({ type }) => type)).toEqual(["readBlock"]);
  });

  it("that the hub refused says why beside the field", () => {
    const machine = new ScreenMachine().act({
      type: "proposeAnswered",
      bpm: 72,
      outcome: { ok: false, fault: { code: "ROUND_CLOSED", actual: 1205 } },
    });
    expect(machine.ui.note?.text).toBe("✗ 72: Round 1205 has closed. The BPM can go into the next round.");
  });
});

describe("repeating", () => {
  it("repeats the last BPM every round, and stops", () => {
    const machine = new ScreenMachine({ state: { ownProposal: null } }).press("r");
    expect(machine.ui.note?.text).toContain("Enter a BPM first");
    expect(machine.press("7 2 Enter r").take()).toEqual([
      { type: "propose", bpm: 72 },
      { type: "repeat", bpm: 72 },
    ]);
    machine.moveOn({ repeatedBpm: 72 });
    expect(machine.press("r").take()).toEqual([{ type: "repeat", bpm: null }]);
  });
});
