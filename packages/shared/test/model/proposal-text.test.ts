import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { type Proposal, proposalForm, unsigned } from "../../src/model/proposal.ts";
import { proposalText, signedPartOf } from "../../src/model/proposal-text.ts";
import { arbitraryOf } from "../support/arbitrary-of-form.ts";

/** As it may come over a socket: its names in any order. */
const anyProposal = arbitraryOf(proposalForm).chain((proposal) =>
  fc
    .shuffledSubarray(Object.entries(proposal), { minLength: Object.keys(proposal).length })
    .map((entries) => Object.fromEntries(entries) as Proposal),
);

describe("a proposal's text, put together once (SPEC §1, §4)", () => {
  test("is its canonical JSON, whatever the order in which its fields came", () => {
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        expect(proposalText(proposal)).toBe(canonicalize(proposal));
      }),
    );
  });

  test("begins with what its signature covers", () => {
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        expect(signedPartOf(proposalText(proposal))).toBe(canonicalize(unsigned(proposal)));
      }),
    );
  });

  test("writes a negative zero as the zero that its form takes it for", () => {
    const [proposal] = fc.sample(anyProposal, 1);
    if (proposal === undefined) throw new Error("no sample");
    expect(proposalText({ ...proposal, bpm: -0, round: -0 })).toBe(canonicalize({ ...proposal, bpm: -0, round: -0 }));
  });
});
