import { describe, expect, it } from "vitest";
import { chainLines } from "../../../src/ui/chain/chain-window.ts";
import { lineText } from "../../../src/ui/format/line.ts";
import { chainListLines } from "../../../src/ui/panels/chain-list.ts";
import { hex, NOW_MS, row } from "../support/sample.ts";

const shown = (tip: number, width: number): readonly string[] =>
  chainListLines({
    lines: chainLines(
      {
        tip,
        kept: null,
        readRows: (from, to) =>
          Array.from({ length: to - from + 1 }, (_, i) => ({ ...row(from + i), round: from + i, winnerName: "bob" })),
      },
      tip,
      10,
    ),
    selected: null,
    hasFocus: false,
    width,
    nowMs: NOW_MS,
    tip,
    myAddress: null,
    genesis: { chainId: hex("chain"), createdAtMs: NOW_MS - 3_600_000 },
  }).map(lineText);

describe("the chain's list", () => {
  it("has genesis in the columns of the other rows, with the chain id as its hash", () => {
    const [heading = "", ...rows] = shown(3, 42);
    const genesis = rows.at(-1) ?? "";
    expect(genesis).toContain(hex("chain").slice(0, 8));
    for (const line of rows) expect(line.slice(0, 7)).toMatch(/^ {6}\d$/);
    expect(genesis.indexOf("genesis")).toBe(heading.indexOf("winner"));
    expect(rows[0]?.indexOf("bob")).toBe(heading.indexOf("winner"));
    expect(genesis.indexOf(hex("chain").slice(0, 8))).toBe(heading.indexOf("hash"));
  });

  it("keeps the columns where indexes are long", () => {
    const rows = shown(3, 42);
    expect(new Set(rows.slice(1).map((line) => line.length)).size).toBe(1);
  });
});
