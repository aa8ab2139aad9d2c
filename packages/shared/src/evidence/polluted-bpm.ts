import type { Hex } from "../encoding/hex.ts";
import type { EvidenceOfValidator } from "../model/evidence.ts";
import type { Fault } from "../model/fault.ts";
import { findSignatureFault } from "./signed-proposal.ts";

/**
 * The tutorial's polluted block: a validly signed proposal whose bpm is not a number with an integral value
 * (SPEC §3). An integer, negative or out of range, is refused at the door and never slashed.
 */
export function findPollutedBpmFault(
  chainId: Hex,
  evidence: Extract<EvidenceOfValidator, { kind: "bpm" }>,
): Fault | undefined {
  if (Number.isInteger(evidence.proposal.bpm)) {
    return {
      code: "NO_OFFENCE",
      path: "evidence.proposal.bpm",
      expected: "a bpm that is no integer",
      actual: "an integer",
    };
  }
  return findSignatureFault(chainId, evidence.proposal, "evidence.proposal");
}
