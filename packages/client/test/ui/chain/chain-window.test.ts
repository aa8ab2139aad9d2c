import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BlockSet } from "../../../src/replica/block-set.ts";
import type { BlockRow } from "../../../src/session/session.ts";
import { parseBlockFilter } from "../../../src/ui/chain/chain-reader.ts";
import {
  type ChainLine,
  type ChainSource,
  chainLines,
  newestOf,
  oldestOf,
  stepFrom,
  topShowing,
} from "../../../src/ui/chain/chain-window.ts";
import { row } from "../support/sample.ts";

const setOf = (kept: readonly number[] | null, length: number) =>
  kept === null ? null : new BlockSet(length, () => (index) => kept.includes(index));

/** A chain whose block at each index was sealed in the given round. */
function chain(rounds: readonly number[], kept: readonly number[] | null = null): ChainSource {
  const rows: BlockRow[] = rounds.map((round, i) => ({ ...row(i + 1), index: i + 1, round }));
  return {
    tip: rows.length,
    readRows: (from, to) => rows.slice(Math.max(0, from - 1), to),
    kept: setOf(kept, rows.length),
  };
}

const told = (lines: readonly ChainLine[]): string =>
  lines
    .map((line) =>
      line.kind === "block" ? String(line.row.index) : line.kind === "genesis" ? "genesis" : `${line.from}-${line.to}`,
    )
    .join(" ");

describe("the lines of the chain", () => {
  it("begin at a block and go down to genesis", () => {
    expect(told(chainLines(chain([1, 2, 3]), 3, 10))).toBe("3 2 1 genesis");
    expect(told(chainLines(chain([1, 2, 3]), 2, 2))).toBe("2 1");
  });

  it("tell a run of empty rounds in one line", () => {
    expect(told(chainLines(chain([3, 4, 9]), 3, 10))).toBe("3 5-8 2 1 1-2 genesis");
  });

  it("of a filtered chain are the kept blocks only", () => {
    expect(told(chainLines(chain([1, 2, 3, 4, 5], [1, 3, 4]), 5, 10))).toBe("4 3 1");
    expect(told(chainLines(chain([1, 2, 3], []), 0, 10))).toBe("");
  });
});

describe("moving in the chain", () => {
  it("goes block by block, over empty rounds, from the tip to genesis", () => {
    const source = chain([1, 5, 6]);
    expect([stepFrom(source, 3, 1), stepFrom(source, 1, 1), stepFrom(source, 0, 1), stepFrom(source, 3, -1)]).toEqual([
      2, 0, 0, 3,
    ]);
  });

  it("goes from kept block to kept block where there is a filter", () => {
    const source = chain([1, 2, 3, 4, 5, 6], [2, 5]);
    expect(newestOf(source)).toBe(5);
    expect([stepFrom(source, 5, 1), stepFrom(source, 2, 1), stepFrom(source, 2, -1), stepFrom(source, 5, -1)]).toEqual([
      2, 2, 5, 5,
    ]);
  });

  it("stays among the kept blocks, also from a place that is not in the list", () => {
    const source = chain([1, 2, 3, 4, 5, 6], [2, 4, 5]);
    expect([newestOf(source), oldestOf(source)]).toEqual([5, 2]);
    expect([stepFrom(source, 6, 2), stepFrom(source, 3, 1), stepFrom(source, 1, 1), stepFrom(source, 1, -1)]).toEqual([
      2, 2, 2, 2,
    ]);
    const empty = chain([1, 2], []);
    expect([newestOf(empty), oldestOf(empty), stepFrom(empty, 2, 1), stepFrom(empty, 2, -1)]).toEqual([0, 0, 0, 0]);
  });

  it("moves the window only as far as it must, and always shows the selected block", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 12 }), (steps, a, b, height) => {
        let round = 0;
        const rounds: number[] = [];
        for (const step of steps) {
          round += step;
          rounds.push(round);
        }
        const source = chain(rounds);
        const top = 1 + (a % source.tip);
        const selected = b % (source.tip + 1);
        const moved = topShowing(source, top, selected, height);
        const shown = told(chainLines(source, moved, height)).split(" ");
        expect(shown).toContain(selected === 0 ? "genesis" : String(selected));
        const wasShown = told(chainLines(source, top, height))
          .split(" ")
          .includes(selected === 0 ? "genesis" : String(selected));
        if (wasShown) expect(moved).toBe(top);
        if (selected > top) expect(moved).toBe(selected);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads a window of a long chain, never the chain", () => {
    let most = 0;
    const source: ChainSource = {
      tip: 1_000_000,
      kept: null,
      readRows: (from, to) => {
        most = Math.max(most, to - from + 1);
        return Array.from({ length: to - from + 1 }, (_, i) => ({ ...row(1), index: from + i, round: from + i }));
      },
    };
    expect(topShowing(source, 1_000_000, 0, 20)).toBeLessThan(25);
    expect(told(chainLines(source, 500_000, 3))).toBe("500000 499999 499998");
    expect(most).toBeLessThan(30);
  });
});

describe("a filter's text", () => {
  it.each([
    ["", null],
    ["  ", null],
    ["bob", { winner: "bob" }],
    ["72", { bpm: 72 }],
    ["#3C6e", { hash: "3c6e" }],
    ["me", { winner: "alice" }],
    ["a1", { winner: "a1" }],
  ])("%j means %j", (text, filter) => {
    expect(parseBlockFilter(text, "alice")).toEqual(filter);
  });
});
