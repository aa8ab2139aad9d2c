/** Where nothing goes to the hub any more, nothing that would send something is offered. */
import { expect, it } from "vitest";
import type { SessionState } from "../../../src/session/session.ts";
import { lineText } from "../../../src/ui/format/line.ts";
import { footerOf } from "../../../src/ui/panes/labels.ts";
import { ALARM, me } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const fault = { code: "SESSION_ELSEWHERE" } as const;
const SHUT_OUT: readonly (readonly [string, Partial<SessionState>, string])[] = [
  ["not followed", { alarms: [{ ...ALARM, halts: true }], round: null }, "nothing is sent to a hub that cheated"],
  [
    "refused",
    { connection: { phase: "refused", fault, isConnected: true } },
    "the hub does not let you in: nothing is sent",
  ],
  [
    "another network",
    { connection: { phase: "otherChain", expected: "a", actual: "b" } },
    "nothing is sent to a network that you have not joined",
  ],
  ["failed", { connection: { phase: "failed", message: "no room" } }, "this client cannot go on: nothing is sent"],
];

const footer = ({ ui, context }: ScreenMachine): string => lineText(footerOf({ ...context, ui }, 200));

it.each(SHUT_OUT)("%s: no stake and no repeat is offered, and their keys say why", (_, state, why) => {
  const machine = new ScreenMachine({ state });
  expect(footer(machine)).not.toMatch(/stake|repeat/);
  for (const key of ["s", "r"]) {
    machine.press(key);
    expect(machine.ui).toMatchObject({ mode: { kind: "main" }, note: { text: why } });
  }
  expect(machine.take()).toEqual([]);
  expect(footer(machine.press("Esc Esc"))).not.toMatch(/stake|repeat/);
});

it.each(SHUT_OUT)("%s: who quits is not told to propose nothing without it", (_, state) => {
  expect(new ScreenMachine({ state }).press("q").ui.mode).toEqual({
    kind: "quit",
    reasons: ["100 tokens stay staked."],
  });
});

it("a hub that cheated before anything was staked is not staked with", () => {
  const state = { me: me({ bonded: 0 }), alarms: [{ ...ALARM, halts: true }] };
  const machine = new ScreenMachine({ state, ui: { asksForStake: true } });
  expect(machine.moveOn({}).ui.mode.kind).toBe("main");
});

it.each([
  ["live", {}],
  ["the hub away", { connection: { phase: "offline", reason: "gone", attempt: 1, retryAtMs: 0 } }],
] as const)("%s: both are offered", (_, state) => {
  expect(footer(new ScreenMachine({ state }))).toMatch(/s stake.*r repeat/);
});
