import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { taggedBytes } from "../../src/encoding/tagged-bytes.ts";
import { type Proposal, proposalForm, unsigned } from "../../src/model/proposal.ts";
import { proposalText, signedBytesOf } from "../../src/model/proposal-text.ts";
import { arbitraryOf } from "../support/arbitrary-of-form.ts";

const CHAIN_ID = "c1".repeat(32);

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

  test("begins with what its signature covers, whose tagged bytes are signed", () => {
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        const signed = signedBytesOf(CHAIN_ID, proposalText(proposal));
        expect(Buffer.from(signed)).toEqual(Buffer.from(taggedBytes("proposal", CHAIN_ID, unsigned(proposal))));
      }),
    );
  });

  test("writes a negative zero as the zero that its form takes it for", () => {
    const [proposal] = fc.sample(anyProposal, 1);
    if (proposal === undefined) throw new Error("no sample");
    expect(proposalText({ ...proposal, bpm: -0, round: -0 })).toBe(canonicalize({ ...proposal, bpm: -0, round: -0 }));
  });
});
