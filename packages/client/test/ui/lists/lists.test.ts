import { describe, expect, it } from "vitest";
import { listLog } from "../../../src/ui/lists/log.ts";
import { luckOf, luckSign } from "../../../src/ui/lists/luck.ts";
import { listWindow, moveInList } from "../../../src/ui/lists/position.ts";
import { listProposals } from "../../../src/ui/lists/proposals.ts";
import { listValidators, lookOf, sharedLooks } from "../../../src/ui/lists/validators.ts";
import { winStrip } from "../../../src/ui/lists/win-strip.ts";
import { hex, me, NOW_MS, round, row, state, validators } from "../support/sample.ts";

const keys = (text: string): readonly string[] => [...text];

describe("a list's position", () => {
  it("is the first row until one moves", () => {
    expect(listWindow(keys("abcdef"), { key: null, line: 0 }, 3)).toEqual({ start: 0, selected: 0 });
    expect(listWindow([], { key: null, line: 0 }, 3)).toEqual({ start: 0, selected: -1 });
  });

  it("moves the window only where the selection would leave it", () => {
    let position = moveInList(keys("abcdef"), { key: null, line: 0 }, 3, "down");
    expect(position).toEqual({ key: "b", line: 1 });
    position = moveInList(keys("abcdef"), position, 3, "down");
    position = moveInList(keys("abcdef"), position, 3, "down");
    expect(position).toEqual({ key: "d", line: 2 });
    expect(listWindow(keys("abcdef"), position, 3)).toEqual({ start: 1, selected: 3 });
    position = moveInList(keys("abcdef"), position, 3, "up");
    expect(position).toEqual({ key: "c", line: 1 });
  });

  it("goes by pages, to the first and to the last", () => {
    expect(moveInList(keys("abcdef"), { key: null, line: 0 }, 3, "pageDown").key).toBe("c");
    expect(moveInList(keys("abcdef"), { key: null, line: 0 }, 3, "last")).toEqual({ key: "f", line: 2 });
    expect(moveInList(keys("abcdef"), { key: "f", line: 2 }, 3, "first")).toEqual({ key: null, line: 0 });
    expect(moveInList(keys("abcdef"), { key: "b", line: 1 }, 3, "pageUp").key).toBeNull();
  });

  it("keeps selection and lines when rows come in above (TUI rule 15)", () => {
    const position = { key: "c", line: 1 };
    expect(listWindow(keys("abcdef"), position, 3)).toEqual({ start: 1, selected: 2 });
    expect(listWindow(keys("xyabcdef"), position, 3)).toEqual({ start: 3, selected: 4 });
  });

  it("falls back to the first row where the selected one is gone", () => {
    expect(listWindow(keys("abd"), { key: "c", line: 1 }, 3)).toEqual({ start: 0, selected: 0 });
  });
});

describe("validators", () => {
  const all = validators();
  const names = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(" ");

  it("stand in the session's order, most stake first, or sorted", () => {
    expect(names(listValidators(all, "stake", ""))).toBe("bob carol alice dave erin frank grace heidi");
    expect(names(listValidators(all, "name", ""))).toBe("alice bob carol dave erin frank grace heidi");
    expect(names(listValidators(all, "wins", ""))).toBe("bob carol alice dave erin frank grace heidi");
    expect(names(listValidators(all, "luck", "")).split(" ")[0]).toBe("frank");
  });

  it("are filtered by part of the name in any case, or by the beginning of the address", () => {
    expect(names(listValidators(all, "stake", "A"))).toBe("carol alice dave frank grace");
    expect(names(listValidators(all, "stake", hex("address erin").slice(0, 6)))).toBe("erin");
  });

  it("with look-alike names are known (TUI rule 21)", () => {
    expect(lookOf("alice")).toBe(lookOf("аlісе"));
    expect(lookOf("b0b")).toBe(lookOf("bob"));
    expect(lookOf("Ünï")).toBe(lookOf("uni"));
    const shared = sharedLooks(validators(["alice", "bob", "b0b"]));
    expect([...shared]).toEqual([lookOf("bob")]);
  });
});

describe("luck (TUI rule 20)", () => {
  it("is noise inside of ±1.96·√Σp(1−p)", () => {
    const luck = luckOf({ checkedRounds: 400, checkedWins: 49, expectedWins: 40, variance: 36 });
    expect(luck).toMatchObject({ band: 1.96 * 6, z: 1.5, isNoise: true });
    expect(luck.ratio).toBeCloseTo(0.225);
    expect(luckOf({ checkedRounds: 400, checkedWins: 52, expectedWins: 40, variance: 36 })).toMatchObject({
      isNoise: false,
      isEarly: false,
    });
    // One win in the first round with a chance of 1 in 6 is outside of the band, and still nothing to wonder at.
    expect(luckOf({ checkedRounds: 1, checkedWins: 1, expectedWins: 1 / 6, variance: 5 / 36 })).toMatchObject({
      isNoise: true,
      isEarly: true,
    });
  });

  it("of nothing is nothing", () => {
    expect(luckOf({ checkedRounds: 0, checkedWins: 0, expectedWins: 0, variance: 0 })).toMatchObject({
      z: 0,
      ratio: null,
      isNoise: true,
    });
  });

  it("has a sign from a percentage point on", () => {
    const sign = (wins: number): string =>
      luckSign(luckOf({ checkedRounds: 100, checkedWins: wins, expectedWins: 40, variance: 24 }));
    expect([sign(39), sign(40), sign(41), sign(40.5)]).toEqual(["▼", "≈", "▲", "≈"]);
  });
});

describe("the win strip", () => {
  it("has a sign for each of the last rounds: won, lost, without a block", () => {
    const rounds = [1, 2, 4, 5];
    const readRows = (from: number, to: number) =>
      rounds.slice(from - 1, to).map((each, i) => ({
        ...row(from + i),
        index: from + i,
        round: each,
        winnerAddress: each === 4 ? me().address : "x",
      }));
    expect(winStrip({ me: me(), tip: { index: 4, hash: "", words: "" }, round: round(7, NOW_MS) }, readRows, 40)).toBe(
      "··−★·−",
    );
    expect(winStrip({ me: me(), tip: { index: 4, hash: "", words: "" }, round: round(7, NOW_MS) }, readRows, 3)).toBe(
      "★·−",
    );
    expect(winStrip({ me: null, tip: { index: 4, hash: "", words: "" }, round: null }, readRows, 3)).toBe("");
  });
});

describe("proposals", () => {
  it("come first, then who is online with stake and is awaited", () => {
    const rows = listProposals(state({ round: round(7, NOW_MS), ownProposal: null }), "");
    expect(rows.map(({ name, bpm }) => `${name} ${bpm ?? "waits"}`)).toEqual([
      "bob 66",
      "carol 71",
      "alice 76",
      "dave waits",
      "erin waits",
      "frank waits",
      "grace waits",
    ]);
    expect(rows.find(({ isMe }) => isMe)?.name).toBe("alice");
    expect(listProposals(state({ round: null }), "")).toEqual([]);
  });

  it("hold one's own as soon as there is a receipt for it, also where the hub told of it before this connection", () => {
    const ownProposal = { phase: "accepted", round: 7, bpm: 80, atMs: NOW_MS - 1000 } as const;
    const open = round(7, NOW_MS, { seen: [] });
    const [first, second] = listProposals(state({ round: open, ownProposal }), "");
    expect(first).toMatchObject({ name: "alice", bpm: 80, isMe: true });
    expect(second?.bpm).toBeNull();
    // Once, and only for its own round.
    const all = listProposals(state({ round: round(7, NOW_MS), ownProposal }), "");
    expect(all.filter(({ isMe }) => isMe)).toHaveLength(1);
    expect(listProposals(state({ round: open, ownProposal: { ...ownProposal, round: 6 } }), "")[0]?.bpm).toBeNull();
  });
});

describe("the log", () => {
  it("has the newest line first, each known by a key of its own", () => {
    const line = { atMs: 1, level: "info", text: "same" } as const;
    const rows = listLog([line, line, { ...line, text: "Other" }], "");
    expect(rows.map(({ text }) => text)).toEqual(["Other", "same", "same"]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
    expect(listLog([line, { ...line, text: "Other" }], "oth").length).toBe(1);
  });
});
