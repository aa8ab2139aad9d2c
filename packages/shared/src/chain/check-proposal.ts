import { verifySignatureOfBytes } from "../crypto/signature.ts";
import type { Fault } from "../model/fault.ts";
import { findFault } from "../model/form.ts";
import { type Proposal, proposalForm } from "../model/proposal.ts";
import { proposalText, signedBytesOf } from "../model/proposal-text.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Network } from "./network.ts";

/** A proposal that is what it must be, and its canonical JSON, of which its leaf is the hash. */
export interface CheckedProposal {
  readonly proposal: Proposal;
  readonly text: string;
}

/**
 * Checks what a proposal must be for a round on a tip, whoever its author is: form, round, prevHash, bpm, signature, in
 * this order (SPEC §4, §7).
 */
export function checkProposal(
  network: Network,
  value: unknown,
  round: number,
  prevHash: string,
): Result<Proposal, Fault> {
  const checked = checkProposalAndText(network, value, round, prevHash);
  return checked.ok ? ok(checked.value.proposal) : checked;
}

/** The same, for who needs the proposal's leaf too. */
export function checkProposalAndText(
  network: Network,
  value: unknown,
  round: number,
  prevHash: string,
): Result<CheckedProposal, Fault> {
  const fault = findFault(proposalForm, value);
  if (fault !== undefined) return err({ code: "MALFORMED", ...fault });
  return checkFormedProposal(network, value as Proposal, round, prevHash);
}

/** The same for what is known to have the form of a proposal. */
export function checkFormedProposal(
  { genesis, chainId }: Network,
  proposal: Proposal,
  round: number,
  prevHash: string,
): Result<CheckedProposal, Fault> {
  if (proposal.round < round) return err({ code: "ROUND_CLOSED", expected: round, actual: proposal.round });
  if (proposal.round > round) return err({ code: "ROUND_NOT_OPEN", expected: round, actual: proposal.round });
  if (proposal.prevHash !== prevHash) return err({ code: "STALE_TIP", expected: prevHash, actual: proposal.prevHash });
  if (proposal.bpm < genesis.bpmMin || proposal.bpm > genesis.bpmMax) {
    return err({ code: "BPM_OUT_OF_RANGE", expected: `${genesis.bpmMin} to ${genesis.bpmMax}`, actual: proposal.bpm });
  }
  const text = proposalText(proposal);
  return verifySignatureOfBytes(proposal.publicKey, signedBytesOf(chainId, text), proposal.signature)
    ? ok({ proposal, text })
    : err({ code: "BAD_SIGNATURE", path: "signature", expected: "signed by its author", actual: "not signed by it" });
}
