import { describe, expect, it } from "vitest";
import { noBlockText, noProposalText, noWinnerText } from "../../../src/ui/panels/nothing-shown.ts";
import { state } from "../support/sample.ts";

describe("what is not there", () => {
  const connecting = { phase: "connecting", attempt: 1 } as const;

  it("is said not to be known as long as the chain is not at hand", () => {
    const away = state({ connection: connecting, round: null, progress: { linked: 0, verified: 0, total: 0 } });
    expect([noBlockText(away), noWinnerText(away), noProposalText(away)]).toEqual([
      "The chain is not known yet.",
      "The last winner is not known yet.",
      "The round is not known yet.",
    ]);
    expect([noBlockText(state()), noWinnerText(state()), noProposalText(state())]).toEqual([
      "No block yet. The first BPM makes one.",
      "No winner yet.",
      "Nobody has proposed yet.",
    ]);
    expect(noProposalText(state({ round: null }))).toBe("No round is open.");
  });

  it("is said to come while a long chain is loaded", () => {
    const progress = { linked: 250_000, verified: 0, total: 1_000_000 };
    expect(noBlockText(state({ connection: connecting, progress }))).toBe(
      "Loading the chain: 250,000 of 1,000,000 blocks.",
    );
  });
});
