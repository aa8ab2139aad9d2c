import { verifySignature } from "../crypto/signature.ts";
import type { Hex } from "../encoding/hex.ts";
import type { Fault } from "../model/fault.ts";
import { type SignedProposal, unsigned } from "../model/proposal.ts";

/** Evidence holds only what its author signed (SPEC §3). `path` is the place inside the transaction. */
export function findSignatureFault(chainId: Hex, proposal: SignedProposal, path: string): Fault | undefined {
  const isSigned = verifySignature(proposal.publicKey, "proposal", chainId, unsigned(proposal), proposal.signature);
  return isSigned
    ? undefined
    : { code: "BAD_SIGNATURE", path, expected: "signed by its author", actual: "not signed by it" };
}
