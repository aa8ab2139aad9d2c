import { vrfVerify } from "../crypto/vrf.ts";
import type { Hex } from "../encoding/hex.ts";
import { alphaOf } from "../lottery/alpha.ts";
import type { EvidenceOfValidator } from "../model/evidence.ts";
import type { Fault } from "../model/fault.ts";
import type { Claim } from "../model/proposal.ts";
import { findSignatureFault } from "./signed-proposal.ts";

/** The seed in force after a block of this chain (genesis included), undefined for a hash that is none of it. */
export type SeedAfter = (blockHash: Hex) => Hex | undefined;

/**
 * A validly signed proposal on a block of this chain whose VRF proof or output is not right for the seed in force
 * after that block and its round (SPEC §3).
 */
export function findFalseClaimFault(
  chainId: Hex,
  evidence: Extract<EvidenceOfValidator, { kind: "vrf" }>,
  seedAfter: SeedAfter,
): Fault | undefined {
  const { proposal } = evidence;
  const seed = seedAfter(proposal.prevHash);
  if (seed === undefined) {
    return {
      code: "UNKNOWN_BLOCK",
      path: "evidence.proposal.prevHash",
      expected: "a block of this chain",
      actual: proposal.prevHash,
    };
  }
  const unsigned = findSignatureFault(chainId, proposal, "evidence.proposal");
  if (unsigned !== undefined) return unsigned;
  if (isTrueClaim(chainId, proposal.publicKey, proposal.round, seed, proposal.claim)) {
    return { code: "NO_OFFENCE", path: "evidence.proposal.claim", expected: "a false claim", actual: "a true one" };
  }
  return undefined;
}

/** Is a claim what its author's key yields for this round and seed (SPEC §1, vrf)? */
export function isTrueClaim(chainId: Hex, publicKey: Hex, round: number, seed: Hex, claim: Claim): boolean {
  return vrfVerify(publicKey, alphaOf(chainId, round, seed), claim.proof) === claim.output;
}
