/** What is still told, and whole, where there is little room (TUI rule 9). */

import { ERROR_CODES, type ErrorCode, isErrorCode } from "pos-shared/protocol/error-codes.ts";
import { describe, expect, it } from "vitest";
import type { SessionState } from "../../../src/session/session.ts";
import { lineText, lineWidth } from "../../../src/ui/format/line.ts";
import { bpmLines } from "../../../src/ui/panels/bpm-line.ts";
import { identityLine } from "../../../src/ui/panes/labels.ts";
import { minimalLines } from "../../../src/ui/panes/minimal-lines.ts";
import { words } from "../../../src/ui/words.ts";
import { ALARM, me, NOW_MS, state } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const shown = (overrides: Partial<SessionState>, keys: string | null = null, rows = 8): readonly string[] => {
  const machine = new ScreenMachine({ columns: 40, rows, state: overrides, isSpectator: overrides.me === null });
  if (keys !== null) machine.press(keys);
  const { context, ui } = machine;
  return minimalLines({ ...context, ui }, 40, rows).map((line) => lineText(line).trimEnd());
};

describe("at 40×8", () => {
  it("what the last key did is read whole", () => {
    expect(shown({}, "Enter")[4]).toBe("Type a whole number, 30–220, then Enter.");
    const lines = shown({ me: me({ bonded: 0 }) }, "7 2 Enter");
    expect(lines[4]).toBe("Nothing is staked to draw with: press s");
    expect(lines).toHaveLength(8);
  });

  it("an alarm has its title and its evidence whole; the rest scrolls, and the footer says so", () => {
    const lines = shown({ alarms: [ALARM] });
    expect(lines.slice(0, 2).join(" ")).toBe("ALARM: the hub has cheated at block 1204: proven (draw)");
    const evidence = (all: readonly string[]): string =>
      all
        .slice(
          all.findIndex((line) => line.startsWith("Evidence")),
          -1,
        )
        .join("");
    expect(evidence(lines)).toBe(`Evidence: ${ALARM.evidenceFile}`);
    expect(lines[7]).toBe("Enter acknowledge  j/k move     ↓ 2 more");
    const end = shown({ alarms: [ALARM] }, "G");
    expect(end.join(" ")).toContain("How it is known: the scores of the sealed proposals are computed anew.");
    expect(evidence(end)).toBe(`Evidence: ${ALARM.evidenceFile}`);
    expect(end[7]).toBe("Enter acknowledge  j/k move  y copy  ↑ 2");
  });

  it("a BPM that is typed is seen, whatever alarm there is", () => {
    const lines = shown({ alarms: [ALARM] }, "7 2");
    expect(lines[3]).toContain("BPM ▸ 72▏");
    expect(lines[7]).toBe("Enter propose  Esc clear");
    expect(shown({ alarms: [ALARM] }, "7 2 Esc")[0]).toContain("ALARM");
  });

  it("what the last key did is seen beside an alarm", () => {
    const lines = shown({ alarms: [ALARM] }, "y");
    expect(lines[0]).toContain("ALARM");
    expect(lines[6]).toBe("Copied the path of the evidence file.");
  });

  it("an alarm that what the last key did leaves no room for has the keys of lists at once", () => {
    const alarms = [{ ...ALARM, evidenceFile: "/e/1204-draw.json" }];
    expect(shown({ alarms }, null, 9)[8]).toBe("Enter acknowledge  y copy  ? help");
    const lines = shown({ alarms }, "T", 9);
    expect(lines[7]).toBe("Theme: light");
    expect(lines[8]).toMatch(/^Enter acknowledge {2}j\/k move .*↓ \d more$/);
    // The key takes the note away, and then there is nothing to scroll.
    expect(shown({ alarms }, "T j", 9)).toEqual(shown({ alarms }, null, 9));
  });

  it("a spectator has no field, but the tip as three words, and who is there", () => {
    const lines = shown({ me: null });
    expect(lines.join("\n")).not.toContain("BPM ▸");
    expect(lines[3]).toBe("tip carpet bacon finger");
    expect(lines[6]).toBe("7 of 8 online   804 staked");
  });

  it("that the hub cheated is read whole", () => {
    const alarms = [{ ...ALARM, halts: true }];
    expect(shown({ alarms, round: null }, "Enter")[1]).toBe("Hub cheated: no longer followed.");
  });

  it("a clock that is off, and why the hub is gone, have a line", () => {
    const clock = { phase: "online", roundTripMs: 4, clockOffsetMs: -3_600_000 } as const;
    expect(shown({ connection: clock })[4]).toBe("clock ahead by 1h");
    const gone = { phase: "offline", reason: "nobody listens there", attempt: 3, retryAtMs: NOW_MS + 4000 } as const;
    expect(shown({ connection: gone })[4]).toBe("in 4s · nobody listens there");
  });
});

describe("a refusal of a BPM", () => {
  /**
   * Answers to a login, or with which the connection ends: they have a banner, or a line of the connection. And one to a
   * transaction, in many words: a proposal has no nonce.
   */
  const elsewhere = new Set(["SESSION_ELSEWHERE", "NETWORK_FULL", "TOKEN_REFUSED", "WRONG_NONCE"]);
  const codes = Object.keys(ERROR_CODES)
    .filter(isErrorCode)
    .filter((code) => ERROR_CODES[code].connection === "stays" && !elsewhere.has(code));
  const rejected = (code: ErrorCode) => {
    const fault = { code, path: "bpm", expected: "30 to 220", actual: 1425, suggestion: null };
    return { ownProposal: { phase: "rejected", round: 1425, bpm: 220, atMs: NOW_MS, fault } } as const;
  };
  const field = /^BPM ▸ ▏ {5}/;

  it.each(codes)("is read whole at 60×16 and at 40×8, as the answer to a key and after it: %s", (code) => {
    const overrides = rejected(code);
    const { fault } = overrides.ownProposal;
    const note = { text: words.bpm.refused(220, fault), tone: "bad" } as const;
    const read = (lines: readonly string[]): string => lines.join(" ").replace(field, "").replaceAll(/ +/g, " ");
    for (const [said, text] of [
      [note, note.text],
      [null, words.bpm.rejected(fault)],
    ] as const) {
      const props = { session: state(overrides), entry: "", note: said, hasFocus: true, width: 56 };
      expect(read(bpmLines(props, 2).map(lineText))).toContain(text);
      const machine = new ScreenMachine({ columns: 40, rows: 8, state: overrides });
      const lines = minimalLines({ ...machine.context, ui: { ...machine.ui, note: said } }, 40, 8).map(lineText);
      const rows = lines.slice(said === null ? 3 : 4, -1).map((line) => line.trimEnd());
      expect(read(rows)).toContain(text);
      expect(lines[1]).toMatch(/^Round 1425 \[OPEN\]/);
    }
  });

  it("stands before what goes on, and goes for what is typed", () => {
    const overrides = { ...rejected("EQUIVOCATION"), repeatedBpm: 70 };
    const line = (entry: string): string =>
      bpmLines({ session: state(overrides), entry, note: null, hasFocus: true, width: 56 }, 2)
        .map(lineText)
        .join(" ");
    expect(line("")).toContain("✗ A second, different proposal");
    expect(line("7")).toBe("BPM ▸ 7▏    30–220 · Enter proposes");
  });
});

describe("at 60×16", () => {
  const { bpm, staking, palette, copy } = words;
  it.each([
    bpm.notWhole,
    bpm.outOfRange(30, 220),
    bpm.empty(30, 220),
    bpm.notStaked,
    bpm.notConnected,
    bpm.nothingToRepeat,
    bpm.stoppedRepeating,
    bpm.cheated,
    bpm.tombstoned,
    staking.notJoined,
    words.detail.noParent,
    words.detail.noBlock(1_000_000),
    words.chain.empty,
    palette.none,
    copy.nothing,
    copy.evidence,
    copy.noEvidence,
  ])("what the last key did is read whole beside the field: %s", (text) => {
    const note = { text, tone: "warn" } as const;
    const lines = bpmLines({ session: state(), entry: "", note, hasFocus: true, width: 56 }, 2);
    expect(lines.map(lineWidth)).toEqual([expect.toSatisfy((width: number) => width <= 56)]);
  });

  it("a refusal that is longer goes on in the next row; the stake gives way, the round does not", () => {
    const text = bpm.refused(72, { code: "EQUIVOCATION" });
    const note = { text, tone: "bad" } as const;
    const lines = bpmLines({ session: state(), entry: "", note, hasFocus: true, width: 56 }, 2);
    expect(lines.map(lineText)).toEqual([
      "BPM ▸ ▏     ✗ 72: A second, different proposal was",
      "signed for one round. The stake is burned.",
    ]);
  });

  it.each([
    [{ repeatedBpm: 70 }, "✓ 72 · 70 every round (r stops)", "✓ 72 · 70 every round"],
    [{ queuedBpm: 80 }, "✓ 72 · 80 waits for the next round", "✓ 72 · 80 is next"],
    [{ queuedBpm: 80, repeatedBpm: 70 }, "✓ 72 · 80 is next · 70 every round (r stops)", "80 is next · 70 every round"],
    [
      {
        queuedBpm: 72,
        ownProposal: { phase: "rejected", round: 1425, bpm: 72, atMs: 0, fault: { code: "STALE_TIP" } },
      },
      "72 was too late; it goes into the next",
      "72 goes into the next",
    ],
  ] as const)("what became of a BPM is said in as many words as there is room for: %o", (overrides, middle, short) => {
    const line = (width: number): string =>
      bpmLines({ session: state(overrides), entry: "", note: null, hasFocus: true, width }, 1)
        .map(lineText)
        .join(" ")
        .trimEnd();
    expect(line(56).slice(12).trim()).toBe(middle);
    expect(line(40).slice(12).trim()).toBe(short);
  });
});

it.each([
  ["cheated", { alarms: [{ ...ALARM, halts: true }] }, false],
  ["another network", { connection: { phase: "otherChain", expected: "a", actual: "b" } }, false],
  ["slashed", { me: me({ isTombstoned: true, bonded: 0 }) }, false],
  [
    "refused",
    { me: me({ isJoined: false }), connection: { phase: "refused", fault: { code: "NAME_TAKEN" }, isConnected: true } },
    false,
  ],
  ["nothing staked", { me: me({ bonded: 0 }) }, false],
  ["staking", { me: me({ bonded: 0 }) }, true],
  ["no hub", { network: null, me: null, connection: { phase: "connecting", attempt: 4 } }, false],
  ["all well", {}, false],
] as const)("what comes first is not cut in the middle at any width of a screen: %s", (_, overrides, isStaking) => {
  const session = state({ ownProposal: null, ...overrides });
  for (let width = 40; width <= 118; width++) {
    const lines = bpmLines({ session, entry: "", note: null, hasFocus: true, isStaking, width }, 2);
    expect(lines.map(lineWidth)).toEqual([expect.toSatisfy((columns: number) => columns <= width)]);
  }
});

it("a title without room for the program's name begins with one's own", () => {
  const { context, ui } = new ScreenMachine();
  const line = (width: number): string => lineText(identityLine({ ...context, ui, session: state() }, width));
  expect(line(40)).toMatch(/^pos-client {2}alice /);
  expect(line(8)).toBe("alice");
});
