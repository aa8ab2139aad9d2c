import { anyOf, boolean, hex, integer, nothing, number, type Of, record, text } from "./form.ts";
import { MAX_POLLUTED_BPM_UNITS } from "./limits.ts";

/** The stake lottery's part of a proposal: its author's VRF output and proof for the round (SPEC §4). */
export const claimForm = record({ output: hex(64), proof: hex(80) });
export type Claim = Of<typeof claimForm>;

const fields = { round: integer(), prevHash: hex(32), publicKey: hex(32), claim: claimForm, signature: hex(64) };

export const proposalForm = record({ ...fields, bpm: integer() });

/** A signed candidate for the block of one round (SPEC §4). Whether bpm lies in the network's range is checked apart. */
export type Proposal = Of<typeof proposalForm>;

export const signedProposalForm = record({
  ...fields,
  bpm: anyOf(number, boolean, nothing, text(MAX_POLLUTED_BPM_UNITS)),
});

/** A proposal as it may stand in evidence: its bpm may be any number, boolean, null or short text (SPEC §3). */
export type SignedProposal = Of<typeof signedProposalForm>;

/** What a proposal's signature covers: everything but the signature. */
export function unsigned<T extends { readonly signature: string }>(signed: T): Omit<T, "signature"> {
  const { signature: _, ...rest } = signed;
  return rest;
}
