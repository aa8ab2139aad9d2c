import { taggedHash } from "../crypto/hash.ts";
import type { Hex } from "../encoding/hex.ts";
import type { Draw } from "../model/block.ts";
import type { Proposal } from "../model/proposal.ts";

/** The seed of the rounds after a block (SPEC §5). A round without a block leaves the seed as it is. */
export function nextSeed(chainId: Hex, block: { readonly draw: Draw; readonly proposal: Proposal | null }): Hex {
  return taggedHash("seed", chainId, {
    seed: block.draw.seed,
    vrf: block.proposal === null ? "" : block.proposal.claim.output,
    beacon: block.draw.beacon.output,
  });
}
