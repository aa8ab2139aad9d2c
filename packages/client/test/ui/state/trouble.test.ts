import { describe, expect, it } from "vitest";
import { noRoundText } from "../../../src/ui/panels/nothing-shown.ts";
import { bannerOf } from "../../../src/ui/state/banner.ts";
import { bannerIn } from "../../../src/ui/state/context.ts";
import { questionOf } from "../../../src/ui/state/questions.ts";
import { words } from "../../../src/ui/words.ts";
import { detail, hex, me, NOW_MS, round, TIP, winner } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const ALARM = {
  failure: { rule: "draw", index: TIP, expected: hex("key carol"), actual: hex("key bob") },
  isProven: true,
  evidenceFile: "/evidence/1204-draw.json",
  atMs: NOW_MS,
  halts: false,
} as const;

const question = (machine: ScreenMachine) => questionOf(machine.ui, machine.session.getState());

describe("an alarm", () => {
  it("stands across the screen until it is acknowledged: what was expected, what came, where the evidence lies", () => {
    const machine = new ScreenMachine({ state: { alarms: [ALARM] } });
    const lines = bannerOf(machine.ui, machine.session.getState(), { columns: 84, rows: 22 })?.lines.join(" ") ?? "";
    for (const word of [
      "ALARM",
      "block 1204",
      "(draw)",
      "bob won",
      "carol has the lower",
      "/evidence/1204-draw.json",
      "proven",
    ])
      expect(lines).toContain(word);
    expect(machine.press("Esc").ui.acknowledgedAlarms).toBe(0);
    machine.press("Enter");
    expect(question(machine)).toBeNull();
  });

  it("comes one after the other, and rings", () => {
    const machine = new ScreenMachine().moveOn({ alarms: [ALARM, { ...ALARM, isProven: false }] });
    expect(machine.take()).toEqual([{ type: "notify", text: "The hub broke a rule: see the alarm" }]);
    expect(question(machine)?.title).toContain("1 more");
    machine.press("A");
    expect(question(machine)?.title).toContain("suspected");
  });

  it("that is longer than its place has the keys of lists, and the next one begins at its beginning", () => {
    const far = { ...ALARM, evidenceFile: `/home/${"a-folder/".repeat(14)}1204-draw.json` };
    const machine = new ScreenMachine({ columns: 40, rows: 8, state: { alarms: [far, far] } });
    const seen = () => bannerIn(machine.ui, machine.context)?.seen;
    expect(seen()).toMatchObject({ room: 3, above: 0, below: 4 });
    machine.press("PgDn");
    expect(seen()).toMatchObject({ above: 2, below: 2 });
    machine.press("G j k");
    expect(seen()).toMatchObject({ above: 3, below: 1 });
    expect(machine.ui).toMatchObject({ hasPaneFocus: false, chain: null });
    machine.press("Enter");
    expect(seen()).toMatchObject({ above: 0 });
  });

  it("that fits leaves the keys of lists to the panes beside it", () => {
    const machine = new ScreenMachine({ state: { alarms: [ALARM] } }).press("j");
    expect(machine.ui).toMatchObject({ bannerScroll: null, hasPaneFocus: true, chain: { selected: TIP - 1 } });
  });

  it("has the path of its evidence copied by y, whole, until it is acknowledged; what is open goes before it", () => {
    const machine = new ScreenMachine({ columns: 40, rows: 8, state: { alarms: [ALARM] } }).press("y");
    expect(machine.take()).toEqual([{ type: "copy", text: ALARM.evidenceFile }]);
    expect(machine.ui.note).toEqual({ text: words.copy.evidence, tone: "good" });
    expect(machine.press(":").type("peer bob").press("Enter y").take()).toEqual([
      { type: "copy", text: hex("address bob") },
    ]);
  });

  it("without a file has nothing copied, and y says so", () => {
    const failed = { ...ALARM, evidenceFile: "not written: no space left on device", isUnwritten: true } as const;
    const machine = new ScreenMachine({ state: { alarms: [failed] }, isSpectator: true }).press("y");
    expect(machine.take()).toEqual([]);
    expect(machine.ui.note).toEqual({ text: words.copy.noEvidence, tone: "warn" });
  });

  it("does not take Enter from a BPM that is typed", () => {
    const machine = new ScreenMachine({ state: { alarms: [ALARM] } }).press("7 2 Enter");
    expect(machine.take()).toEqual([{ type: "propose", bpm: 72 }]);
    expect(machine.ui.acknowledgedAlarms).toBe(0);
  });
});

describe("beginning again", () => {
  it("Enter joins a new network at a known address; Esc leaves the question", () => {
    const state = { connection: { phase: "otherChain", expected: hex("a"), actual: hex("b") } } as const;
    expect(new ScreenMachine({ state }).press("Enter").take()).toEqual([{ type: "joinNewNetwork" }]);
    const left = new ScreenMachine({ state }).press("Esc");
    expect(question(left)).toBeNull();
    expect(left.take()).toEqual([]);
  });

  it("Enter takes a new identity for a slashed one, which is told why", () => {
    const machine = new ScreenMachine({
      state: { me: me({ isTombstoned: true, bonded: 0, slashing: { kind: "bpm", amount: 100, index: 1198 } }) },
    });
    expect(question(machine)).toMatchObject({ title: "alice was slashed: 100 staked tokens burned" });
    expect(question(machine)?.text.join(" ")).toContain("no whole number; the evidence is in block 1198");
    expect(machine.press("Enter").take()).toEqual([{ type: "takeNewIdentity", name: null }]);
  });

  it("Enter takes the suggestion for a taken name", () => {
    const fault = { code: "NAME_TAKEN", actual: "alice", suggestion: "alice-2" } as const;
    const machine = new ScreenMachine({ state: { connection: { phase: "refused", fault, isConnected: true } } });
    expect(question(machine)?.text.join(" ")).toContain("Enter goes on as alice-2");
    expect(machine.press("Enter").take()).toEqual([{ type: "takeNewIdentity", name: "alice-2" }]);
  });

  it("a refusal that a new identity does not mend asks for nothing", () => {
    const machine = new ScreenMachine({
      state: { connection: { phase: "refused", fault: { code: "TOKEN_REFUSED" }, isConnected: false } },
    });
    expect(question(machine)?.accept).toBeNull();
    expect(machine.press("Enter").take()).toEqual([]);
  });

  it.each([
    ["missing", undefined, "This hub asks for a join token."],
    ["wrong", "another token", "The token given is not this hub's."],
  ])("a %s token is said to be that", (_, actual, sentence) => {
    const fault = { code: "TOKEN_REFUSED", actual } as const;
    const machine = new ScreenMachine({ state: { connection: { phase: "refused", fault, isConnected: false } } });
    expect(question(machine)?.text.join(" ")).toContain(sentence);
  });

  it("an end on this side is said in words", () => {
    const machine = new ScreenMachine({
      state: { connection: { phase: "failed", message: "No identity\u001b is free." } },
    });
    expect(question(machine)?.text).toEqual(["No identity is free."]);
  });
});

describe("the hub gone (TUI rule 14)", () => {
  it("freezes the bar at that moment, and thaws it when the hub is back", () => {
    const machine = new ScreenMachine();
    machine.moveOn({ connection: { phase: "offline", reason: "gone", attempt: 1, retryAtMs: NOW_MS + 1000 } });
    machine
      .pass(4000)
      .moveOn({ connection: { phase: "offline", reason: "gone", attempt: 2, retryAtMs: NOW_MS + 9000 } });
    expect(machine.ui.frozenAtMs).toBe(NOW_MS);
    machine.moveOn({ connection: { phase: "online", roundTripMs: 12 } });
    expect(machine.ui.frozenAtMs).toBeNull();
  });
});

describe("refused (DESIGN §10)", () => {
  const refused = (isConnected: boolean) =>
    ({ phase: "refused", fault: { code: "NAME_TAKEN", suggestion: "alice-2" }, isConnected }) as const;
  const won = { tip: { index: TIP + 1, hash: "x", words: "" }, lastWinner: winner(TIP + 1, "bob") };

  it("only for its name, a client watches on: the bar moves, and draws are played", () => {
    const machine = new ScreenMachine().moveOn({ connection: refused(true) });
    expect(machine.ui.frozenAtMs).toBeNull();
    expect(machine.moveOn(won).take()).toEqual([{ type: "readDraw", index: TIP + 1 }]);
    expect(noRoundText(machine.session.getState())).toBe(words.round.idle);
  });

  it("and no longer connected, it knows of nothing new", () => {
    const machine = new ScreenMachine().moveOn({ connection: refused(false) });
    expect(machine.ui.frozenAtMs).toBe(NOW_MS);
    expect(noRoundText(machine.session.getState())).toBe(words.round.unknown);
  });
});

describe("the last call (TUI rule 12)", () => {
  const ending = { round: round(1425, NOW_MS + 6000), ownProposal: null };

  it("rings five seconds before a round closes without one's proposal, once", () => {
    const machine = new ScreenMachine({ state: ending }).pass(500);
    expect(machine.take()).toEqual([]);
    expect(machine.pass(1000).take()).toEqual([
      { type: "notify", text: "Round 1425 closes in 5 seconds without your BPM" },
    ]);
    expect(machine.pass(1000).take()).toEqual([]);
  });

  it.each([
    ["proposed", { ownProposal: { phase: "accepted", round: 1425, bpm: 72, atMs: 0 } }],
    ["waits", { queuedBpm: 72 }],
    ["is repeated", { repeatedBpm: 72 }],
    ["cannot be, without stake", { me: me({ bonded: 0 }) }],
    ["cannot be, offline", { connection: { phase: "offline", reason: "", attempt: 1, retryAtMs: 0 } }],
  ] as const)("is silent where a BPM %s", (_, state) => {
    expect(new ScreenMachine({ state: { ...ending, ...state } }).pass(1500).take()).toEqual([]);
  });

  it("is silent where the bell is switched off", () => {
    expect(new ScreenMachine({ state: ending, bell: false }).pass(1500).take()).toEqual([]);
  });
});

describe("a new winner", () => {
  const won = (name: string) => ({ tip: { index: TIP + 1, hash: "x", words: "" }, lastWinner: winner(TIP + 1, name) });

  it("has its draw played; one's own win rings", () => {
    expect(new ScreenMachine().moveOn(won("bob")).take()).toEqual([{ type: "readDraw", index: TIP + 1 }]);
    expect(new ScreenMachine().moveOn(won("alice")).take()).toEqual([
      { type: "notify", text: "You won block 1205" },
      { type: "readDraw", index: TIP + 1 },
    ]);
  });

  it("stands beside the chain where that is followed, and leaves a reader's block alone", () => {
    const read = (machine: ScreenMachine) =>
      machine.act({ type: "drawRead", index: TIP + 1, detail: detail(TIP + 1) }).ui;
    const followed = read(new ScreenMachine().moveOn(won("bob")));
    expect(followed).toMatchObject({ openBlock: { index: TIP + 1 }, draw: { startedAtMs: NOW_MS } });
    expect(read(new ScreenMachine().press("C j").moveOn(won("bob"))).openBlock).toBeNull();
  });

  it("of a catch-up passes in silence", () => {
    const far = { tip: { index: TIP + 50, hash: "x", words: "" }, lastWinner: winner(TIP + 50, "alice") };
    expect(new ScreenMachine().moveOn(far).take()).toEqual([]);
    const offline = { connection: { phase: "offline", reason: "", attempt: 1, retryAtMs: 0 } } as const;
    expect(
      new ScreenMachine({ state: offline })
        .moveOn({ ...won("alice"), connection: { phase: "online", roundTripMs: 1 } })
        .take(),
    ).toEqual([]);
  });
});

describe("quitting", () => {
  it("asks only while stake is locked or a BPM is unsent", () => {
    const asking = new ScreenMachine().press("q");
    expect(asking.ui.mode).toEqual({
      kind: "quit",
      reasons: ["100 tokens stay staked; without this client you propose nothing."],
    });
    expect(asking.press("Esc").ui.mode.kind).toBe("main");
    const free = new ScreenMachine({ state: { me: me({ bonded: 0 }) } }).press("q");
    expect(free.take()).toEqual([{ type: "exit", code: 0 }]);
  });

  it("tells what stays staked from what is on its way out", () => {
    const unbonding = [
      { amount: 20, round: 1430 },
      { amount: 10, round: 1431 },
    ];
    const reasons = (overrides: Parameters<typeof me>[0]): unknown =>
      new ScreenMachine({ state: { me: me(overrides) } }).press("q").ui.mode;
    expect(reasons({ bonded: 70, unbonding })).toMatchObject({
      reasons: ["70 tokens stay staked, 30 on their way out; without this client you propose nothing."],
    });
    expect(reasons({ bonded: 0, unbonding })).toMatchObject({ reasons: ["30 tokens are on their way out."] });
    // What is on its way in stays.
    expect(reasons({ bonded: 0, activating: [{ amount: 1, round: 1430 }] })).toMatchObject({
      reasons: ["1 token stays staked; without this client you propose nothing."],
    });
  });

  it.each(["q", "y", "Enter"])("goes with %s after the question", (key) => {
    expect(new ScreenMachine().press(`q ${key}`).take()).toEqual([{ type: "exit", code: 0 }]);
  });

  it("Ctrl-C asks too, from anywhere; a second one goes", () => {
    const machine = new ScreenMachine().press("s 5 Ctrl-C");
    expect(machine.ui.mode.kind).toBe("quit");
    expect(machine.press("Ctrl-C").take()).toEqual([{ type: "exit", code: 130 }]);
    expect(new ScreenMachine({ state: { me: me({ bonded: 0 }) } }).press("7 Ctrl-C").ui.mode).toMatchObject({
      kind: "quit",
      reasons: ["The BPM 7 is not sent."],
    });
  });
});
