import { describe, expect, it } from "vitest";
import { previewOf } from "../../../src/ui/state/staking-form.ts";
import { GENESIS, me } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const formOf = ({ ui }: ScreenMachine) => (ui.mode.kind === "staking" ? ui.mode.form : undefined);

describe("the staking form", () => {
  it("asks once, then sends", () => {
    const machine = new ScreenMachine().press("s").type("50").press("Enter");
    expect(formOf(machine)?.stage).toBe("confirm");
    expect(machine.take()).toEqual([]);
    expect(machine.press("Enter").take()).toEqual([{ type: "bond", amount: 50 }]);
    expect(formOf(machine)?.stage).toBe("sending");
    machine.act({ type: "stakingAnswered", outcome: { ok: true } });
    expect(machine.ui).toMatchObject({ mode: { kind: "main" }, note: null });
  });

  it("chooses the kind by its first letter or by arrows", () => {
    const machine = new ScreenMachine().press("s u");
    expect(formOf(machine)?.kind).toBe("unbond");
    expect(formOf(machine.press("Right"))?.kind).toBe("transfer");
    expect(formOf(machine.press("Right"))?.kind).toBe("bond");
    expect(formOf(machine.press("Left"))?.kind).toBe("transfer");
  });

  it("sends a transfer to a name, whose letters choose no kind", () => {
    const machine = new ScreenMachine().press("s t").type("10").press("Tab").type("bub").press("Enter Enter");
    expect(machine.take()).toEqual([{ type: "transfer", to: "bub", amount: 10 }]);
  });

  it.each([
    ["", "Type an amount."],
    ["0", "The amount is a whole number from 1."],
    ["1251", "Only 1,250 are liquid."],
  ])("answers the amount %j in words and sends nothing", (amount, text) => {
    const machine = new ScreenMachine().press("s").type(amount).press("Enter Enter");
    expect(formOf(machine)).toMatchObject({ error: text, stage: "edit" });
    expect(machine.take()).toEqual([]);
  });

  it("unbonds no more than is bonded", () => {
    expect(formOf(new ScreenMachine().press("s u").type("101").press("Enter"))?.error).toBe("Only 100 are bonded.");
  });

  it("refuses letters in the amount", () => {
    expect(formOf(new ScreenMachine().press("s 5 x"))?.error).toContain("digits only");
  });

  it("is changed after the question by any key, and left by Esc", () => {
    const machine = new ScreenMachine().press("s 5 Enter 0");
    expect(formOf(machine)).toMatchObject({ amount: "50", stage: "edit" });
    expect(formOf(machine.press("Enter Esc"))?.stage).toBe("edit");
    expect(machine.press("Esc").ui.mode.kind).toBe("main");
  });

  it("stays open with the reason where the hub refused", () => {
    const machine = new ScreenMachine().press("s").type("50").press("Enter Enter");
    machine.act({ type: "stakingAnswered", outcome: { ok: false, fault: { code: "SUPPLY_LIMIT", expected: 7 } } });
    expect(formOf(machine)).toMatchObject({ stage: "edit", error: "Only 7 more tokens can exist in this network." });
  });

  it("opens by itself where no stake was given, once there is a balance", () => {
    const machine = new ScreenMachine({
      ui: { asksForStake: true },
      state: { me: me({ isJoined: false, bonded: 0 }) },
    });
    machine.moveOn({});
    expect(machine.ui.mode.kind).toBe("main");
    machine.moveOn({ me: me({ bonded: 0, liquid: 1000 }) });
    expect(formOf(machine)?.reason).toBe("start");
    machine.press("Esc").moveOn({});
    expect(machine.ui.mode.kind).toBe("main");
  });

  it("does not ask who is staked already", () => {
    const machine = new ScreenMachine({ ui: { asksForStake: true } }).moveOn({});
    expect(machine.ui.mode.kind).toBe("main");
  });

  it("opens with what is possible where the stake asked for is above the balance", () => {
    const machine = new ScreenMachine({ state: { me: me({ bonded: 0, liquid: 1000 }) } });
    machine.act({ type: "event", event: { event: "rejected", code: "INSUFFICIENT_FUNDS", message: "Not enough." } });
    expect(formOf(machine)).toMatchObject({ reason: "tooMuch", amount: "1000" });
  });
});

describe("what will be after it", () => {
  const preview = (kind: "bond" | "unbond" | "transfer", amount: string, activationDelay = 0) =>
    previewOf(
      { kind, amount, field: "amount", to: "", stage: "edit", error: null, reason: null },
      { ...new ScreenMachine().context.session, network: { chainId: "", genesis: { ...GENESIS, activationDelay } } },
    );

  it("of a bond: less liquid, more bonded, a larger share", () => {
    expect(preview("bond", "196")).toMatchObject({ liquid: 1054, bonded: 296, share: 0.296, fromRound: null });
  });

  it("of a bond with a delay: it starts later", () => {
    expect(preview("bond", "50", 2)).toMatchObject({ bonded: 100, activating: 50, fromRound: 1427 });
  });

  it("of an unbond: free ten rounds later", () => {
    expect(preview("unbond", "100")).toMatchObject({ bonded: 0, unbonding: 100, share: 0, fromRound: 1435 });
  });

  it("of a transfer: only less liquid", () => {
    expect(preview("transfer", "50")).toMatchObject({ liquid: 1200, bonded: 100, fromRound: null });
  });
});
