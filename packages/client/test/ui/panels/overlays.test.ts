/** What is longer than its place says so (`↓ 12 more`), and can be read to its end. */
import { describe, expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { briefDetailLines } from "../../../src/ui/overlays/detail-lines.ts";
import { genesisLines } from "../../../src/ui/overlays/genesis-lines.ts";
import { overlayLines } from "../../../src/ui/overlays/overlay-lines.ts";
import { moreLine, scrolled } from "../../../src/ui/overlays/scrolled.ts";
import type { UiState } from "../../../src/ui/state/ui-state.ts";
import { detail, hex, state, TIP } from "../support/sample.ts";
import { ScreenMachine } from "../support/screen-machine.ts";

const lines = Array.from({ length: 10 }, (_, i) => [{ text: String(i) }]);
const more = (top: number, height: number): string => lineText(moreLine(scrolled(lines, top, height)));

describe("what is longer than its place", () => {
  it("says how much there is above and below", () => {
    expect(more(0, 4)).toBe("↓ 6 more");
    expect(more(3, 4)).toBe("↑ 3  ↓ 3 more");
    expect(more(6, 4)).toBe("↑ 6");
    expect(more(99, 4)).toBe("↑ 6");
    expect(more(0, 10)).toBe("");
  });

  it.each(["help", "validator"] as const)("can be read to its end and back: %s", (kind) => {
    const machine = new ScreenMachine({ columns: 40, rows: 8 });
    if (kind === "help") machine.press("?");
    else machine.press(":").type("peer bob").press("Enter");
    expect(machine.ui.mode.kind).toBe(kind);
    const rest = (): { above: number; below: number } => overlayLines({ ...machine.context, ui: machine.ui }, 40, 7);
    const { below } = rest();
    expect(below).toBeGreaterThan(0);
    machine.press("G");
    expect(rest()).toMatchObject({ above: below, below: 0 });
    // Not further than the end: the next key up is seen at once.
    machine.press("j PgDn k");
    expect(rest()).toMatchObject({ above: below - 1, below: 1 });
    machine.press("g");
    expect(rest()).toMatchObject({ above: 0, below });
  });
});

describe("a validator's detail", () => {
  const text = (overrides: object): string => {
    const [first, ...others] = state().validators;
    const session = state({ validators: first === undefined ? [] : [{ ...first, ...overrides }, ...others] });
    const mode = { kind: "validator", publicKey: hex("key bob"), top: 0 } as const;
    const shown = overlayLines({ ui: { mode, openBlock: null }, session, isSpectator: false }, 82, 14);
    return shown.lines.map(lineText).join("\n");
  };

  it("tells luck in one sentence, with a ratio only where there is one", () => {
    expect(text({})).toContain("−6%, z −0.7: inside of ±1.96σ");
    const early = text({ checkedRounds: 1, checkedWins: 0, expectedWins: 0.37, variance: 0.23 });
    expect(early).toContain("0 of 1 checked round, expected 0.4 ±0.9");
    expect(early).toMatch(/^ +z −0\.8: too few rounds to tell/m);
    // Who was always alone had no luck, good or bad.
    const alone = text({ checkedRounds: 2, checkedWins: 2, expectedWins: 2, variance: 0 });
    expect(alone).toContain("nobody else took part");
    expect(alone).not.toMatch(/[+−]0%/);
  });
});

describe("a block beside the chain, at 120×40", () => {
  it("tells in its fourteen lines all that TUI.md names, up to what was recomputed here", () => {
    const open = { index: TIP, status: "read", detail: detail(TIP) } as const;
    const text = briefDetailLines(open, state(), 70).slice(0, 14).map(lineText);
    const names = ["hash", "prev", "round", "winner", "BPM", "seed", "beacon", "VRF output", "ticket", "score", "next"];
    for (const [i, name] of [...names, "hub sig.", "signature", "checked"].entries())
      expect(text[i]?.trim().startsWith(name), `${name} in ${text[i]}`).toBe(true);
    expect(text[2]).toMatch(/round +1424 · time 2026-01-01 12:04:23\.000 UTC · proposals 8/);
    expect(text[4]).toMatch(/BPM +99 · reward \+10 · chance 37\.3% \(300 of 804 staked\)/);
  });
});

describe("genesis beside the chain", () => {
  it("is the rules that the chain id stands for, in the lines of a block", () => {
    const { network } = state();
    if (network === null) throw new Error("the sample has a network");
    const lines = genesisLines(network, 70).map(lineText);
    expect(lines.length).toBeLessThanOrEqual(14);
    const text = lines.join("\n");
    expect(text).toMatch(/ network +classroom\n.* 2026-01-01 00:00:00\.000 UTC\n/);
    expect(text).toMatch(/ a round +30 s\n faucet +1,000 tokens\n reward +\+10\n unbonding +10 rounds\n BPM +30–220\n/);
    expect(text.replaceAll(/\s/g, "")).toContain(network.chainId);
  });
});

describe("how a block was checked", () => {
  it.each([
    ["full", "in full, recomputed here ✓"],
    ["replica", "recomputed here ✓"],
    ["links", "linked only so far; the rest is on its way"],
  ] as const)("is told once, and what is still to be checked is no difference: %s", (verified, text) => {
    const open = { index: TIP, status: "read", detail: { ...detail(TIP), verified } } as const;
    const last = briefDetailLines(open, state(), 70).map(lineText)[13] ?? "";
    expect(last).toBe(` checked    ${text}`);
  });
});

describe("a recomputation at 84×22", () => {
  it("has the comparison in its first view, and tells that there is more", () => {
    const openBlock = { index: TIP, status: "read", detail: detail(TIP) } as const;
    const mode = { kind: "verify", index: TIP, selected: 0 } as const;
    const shown = overlayLines({ ui: { mode, openBlock }, session: state(), isSpectator: false }, 82, 14);
    expect(shown.lines.map(lineText).join("\n")).toContain("0.003141 < 0.004877 ✓");
    expect(shown.below).toBeGreaterThan(0);
  });
});

describe("a recomputation far behind the tip", () => {
  it("says why the others' scores are not there, and what would check them", () => {
    const block = detail(TIP);
    const [winner] = block.view.rows;
    if (winner === undefined) throw new Error("the sample has a winner");
    const old = { ...block, proposals: [], view: { ...block.view, rows: [winner] } };
    const openBlock = { index: TIP, status: "read", detail: old } as const;
    const mode = { kind: "verify", index: TIP, selected: 0 } as const;
    const text = overlayLines({ ui: { mode, openBlock }, session: state(), isSpectator: false }, 60, 100)
      .lines.map((line) => lineText(line).trim())
      .join(" ");
    expect(text).toContain("of 7 others, who took part, the stake at that time is not kept here");
    expect(text).toContain("pos-client verify --full checks all");
  });
});

describe("a recomputation of a round in which somebody was slashed", () => {
  it("counts who was drawn from, and says whose proposal was not", () => {
    const drawn = detail(TIP);
    const block = { ...drawn.block, proposalCount: 9 };
    const openBlock = { index: TIP, status: "read", detail: { ...drawn, block } } as const;
    const mode = { kind: "verify", index: TIP, selected: 0 } as const;
    const text = overlayLines({ ui: { mode, openBlock }, session: state(), isSpectator: false }, 82, 100)
      .lines.map((line) => lineText(line).trim())
      .join(" ");
    expect(text).toContain("lowest score wins; all 8; 1 proposal was not drawn: its author has no stake any more");
  });
});

describe("a narrow screen", () => {
  const open = { index: TIP, status: "read", detail: detail(TIP) } as const;
  const textOf = (mode: UiState["mode"], height: number): string =>
    overlayLines({ ui: { mode, openBlock: open }, session: state(), isSpectator: false }, 40, height)
      .lines.map((line) => lineText(line).trim())
      .join(" ")
      .replaceAll(/ +/g, " ");

  it("has the whole formula of each step, and its tick", () => {
    const text = textOf({ kind: "verify", index: TIP, selected: 0 }, 200);
    expect(text).toContain("beacon = vrf(hub's key, round and seed) ✓");
    expect(text).toContain("comparison = winner's score < the next one's ✓");
  });

  it("has whole sentences in the help", () => {
    expect(textOf({ kind: "help", top: 0 }, 200)).toContain("r propose my last BPM every round; again: stop");
  });
});

describe("the staking form at 40×8", () => {
  it("says what is wrong in as many lines as that takes", () => {
    const { ui, context } = new ScreenMachine({ columns: 40, rows: 8 }).press("s 5 x");
    const text = overlayLines({ ...context, ui }, 40, 7)
      .lines.map((line) => lineText(line).trim())
      .join(" ");
    expect(text).toContain("✗ The amount is a whole number of tokens: digits only");
  });
});
