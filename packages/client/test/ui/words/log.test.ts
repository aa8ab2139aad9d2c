import { describe, expect, it } from "vitest";
import type { ClientEvent } from "../../../src/session/session.ts";
import { isSilent, logLineOf } from "../../../src/ui/words/log.ts";

const text = (event: ClientEvent): string | undefined => logLineOf(event, 10)?.text;
const winner = {
  event: "winner",
  round: 5,
  index: 4,
  hash: "",
  validator: "",
  name: "bob",
  bpm: 81,
  stake: 1,
  eligibleStake: 2,
} as const;

describe("the screen's log", () => {
  it("has one short line for what matters", () => {
    expect(text({ ...winner, you: false })).toBe("★ bob won #4");
    expect(text({ ...winner, you: true })).toBe("★ YOU won #4  +10");
    expect(text({ event: "proposed", round: 5, bpm: 72, address: "", name: "alice" })).toBe("proposed BPM 72 (r5)");
    expect(
      text({ event: "alarm", code: "draw", index: 4, expected: 1, actual: 2, proven: true, evidence: "/e.json" }),
    ).toBe("ALARM draw at #4: /e.json");
  });

  it("tells what was done with tokens, then which block records it, and what others sent", () => {
    const names = { address: "", name: "alice", to: null, toName: null } as const;
    const facts = { event: "transaction", round: 12, awaited: true, ...names } as const;
    const bond = { ...facts, type: "bond", amount: 50, frees: null } as const;
    const unbond = { ...facts, type: "unbond", amount: 1500, frees: 22 } as const;
    const transfer = {
      ...facts,
      type: "transfer",
      amount: 7,
      frees: null,
      to: "ab".repeat(32),
      toName: "ben",
    } as const;
    expect(text({ ...bond, phase: "accepted", index: null })).toBe("bonded 50 (r12)");
    expect(text({ ...unbond, phase: "accepted", index: null })).toBe("unbonded 1,500, free in r22");
    expect(text({ ...transfer, phase: "accepted", index: null })).toBe("sent 7 to ben");
    expect(text({ ...transfer, toName: null, phase: "accepted", index: null })).toBe("sent 7 to abab…abab");
    expect(text({ ...bond, phase: "recorded", index: 8 })).toBe("bond 50 recorded in #8");
    expect(text({ ...transfer, phase: "recorded", index: 8 })).toBe("7 to ben recorded in #8");
    expect(text({ ...bond, phase: "recorded", index: 8, awaited: false })).toBe(
      "bond 50 recorded in #8, not awaited: refused before, or sent elsewhere",
    );
    expect(
      text({ event: "received", amount: 7, from: "", fromName: "bob", index: 8, address: "", name: "alice" }),
    ).toBe("received 7 from bob (#8)");
    expect(isSilent({ event: "staked", bonded: 150, liquid: 850, address: "", name: "alice" })).toBe(true);
  });

  it("says before the first bond by which rule stake burns, with each of its three offences", () => {
    const said = text({ event: "firstBond", amount: 50, address: "", name: "alice" }) ?? "";
    expect(said).toMatch(/burns if .*two BPMs a round.*7\.5.*false draw/);
    // Three rows of the narrowest log.
    expect(said.length).toBeLessThanOrEqual(3 * 28);
  });

  it("tells of a lost hub once, not at every try", () => {
    expect(text({ event: "disconnected", reason: "gone", attempt: 1, retries: true })).toBe("hub lost: gone");
    expect(isSilent({ event: "disconnected", reason: "gone", attempt: 2, retries: true })).toBe(true);
  });

  it("tells a late BPM in few words, another refusal in the hub's", () => {
    expect(text({ event: "rejected", code: "ROUND_CLOSED", message: "Round 5 has closed.", round: 5, bpm: 72 })).toBe(
      "BPM 72 was too late",
    );
    expect(text({ event: "rejected", code: "NOT_BONDED", message: "Nothing is staked." })).toBe("Nothing is staked.");
  });

  it("is silent about what a panel shows anyway", () => {
    expect(isSilent({ event: "block", index: 4, hash: "", words: "", round: 5, verified: "full" })).toBe(true);
    expect(isSilent({ event: "progress", verified: 1, total: 2 })).toBe(true);
    expect(isSilent({ event: "round", round: 5, closesAt: "", validators: 1, stake: 1 })).toBe(true);
  });

  it("shows nothing that would steer the terminal", () => {
    expect(text({ event: "notice", message: "a\u001b[2Jb" })).toBe("a[2Jb");
  });
});
