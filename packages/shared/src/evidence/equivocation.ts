import { canonicalize } from "../encoding/canonical-json.ts";
import type { Hex } from "../encoding/hex.ts";
import type { EvidenceOfValidator } from "../model/evidence.ts";
import type { Fault } from "../model/fault.ts";
import { unsigned } from "../model/proposal.ts";
import { findSignatureFault } from "./signed-proposal.ts";

/** Two validly signed proposals of one key for one round that differ in a field other than the signature (SPEC §3). */
export function findEquivocationFault(
  chainId: Hex,
  evidence: Extract<EvidenceOfValidator, { kind: "equivocation" }>,
): Fault | undefined {
  const { first, second } = evidence;
  if (first.publicKey !== second.publicKey || first.round !== second.round) {
    return { code: "NO_OFFENCE", expected: "two proposals of one key for one round", actual: "of two keys or rounds" };
  }
  if (canonicalize(unsigned(first)) === canonicalize(unsigned(second))) {
    return { code: "NO_OFFENCE", expected: "two different proposals", actual: "the same content" };
  }
  return findSignatureFault(chainId, first, "evidence.first") ?? findSignatureFault(chainId, second, "evidence.second");
}
