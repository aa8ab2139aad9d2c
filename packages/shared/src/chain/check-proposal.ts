import { verifySignature } from "../crypto/signature.ts";
import type { Fault } from "../model/fault.ts";
import { findFault } from "../model/form.ts";
import { type Proposal, proposalForm, unsigned } from "../model/proposal.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Network } from "./network.ts";

/**
 * Checks what a proposal must be for a round on a tip, whoever its author is: form, round, prevHash, bpm, signature, in
 * this order (SPEC §4, §7).
 */
export function checkProposal(
  { genesis, chainId }: Network,
  value: unknown,
  round: number,
  prevHash: string,
): Result<Proposal, Fault> {
  const fault = findFault(proposalForm, value);
  if (fault !== undefined) return err({ code: "MALFORMED", ...fault });
  const proposal = value as Proposal;
  if (proposal.round < round) return err({ code: "ROUND_CLOSED", expected: round, actual: proposal.round });
  if (proposal.round > round) return err({ code: "ROUND_NOT_OPEN", expected: round, actual: proposal.round });
  if (proposal.prevHash !== prevHash) return err({ code: "STALE_TIP", expected: prevHash, actual: proposal.prevHash });
  if (proposal.bpm < genesis.bpmMin || proposal.bpm > genesis.bpmMax) {
    return err({ code: "BPM_OUT_OF_RANGE", expected: `${genesis.bpmMin} to ${genesis.bpmMax}`, actual: proposal.bpm });
  }
  return verifySignature(proposal.publicKey, "proposal", chainId, unsigned(proposal), proposal.signature)
    ? ok(proposal)
    : err({ code: "BAD_SIGNATURE", path: "signature", expected: "signed by its author", actual: "not signed by it" });
}
