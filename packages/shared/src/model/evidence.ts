import { literal, type Of, record, tagged } from "./form.ts";
import { signedProposalForm } from "./proposal.ts";

export const bpmEvidenceForm = record({ kind: literal("bpm"), proposal: signedProposalForm });
export const equivocationEvidenceForm = record({
  kind: literal("equivocation"),
  first: signedProposalForm,
  second: signedProposalForm,
});
export const vrfEvidenceForm = record({ kind: literal("vrf"), proposal: signedProposalForm });

export const validatorEvidenceForm = tagged("kind", {
  bpm: bpmEvidenceForm,
  equivocation: equivocationEvidenceForm,
  vrf: vrfEvidenceForm,
});

/** Signed data that proves an offence of a validator (SPEC §3). */
export type EvidenceOfValidator = Of<typeof validatorEvidenceForm>;
export type EvidenceKind = EvidenceOfValidator["kind"];
