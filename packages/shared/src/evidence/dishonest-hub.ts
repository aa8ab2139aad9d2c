import { taggedHash } from "../crypto/hash.ts";
import { verifySignature } from "../crypto/signature.ts";
import { canonicalize } from "../encoding/canonical-json.ts";
import type { Hex } from "../encoding/hex.ts";
import { headerOf, type UncheckedHeader } from "../model/block.ts";
import type { Genesis } from "../model/genesis.ts";
import type { Opening } from "../model/opening.ts";
import { unsigned } from "../model/proposal.ts";

/** Did the hub sign this opening? What it did not sign says nothing about it. */
export function isSignedOpening(genesis: Genesis, chainId: Hex, opening: Opening): boolean {
  return verifySignature(genesis.hub, "opening", chainId, unsigned(opening), opening.signature);
}

/** Is this block validly sealed: its hash is that of its header, and the hub signed it? */
export function isSealedBlock(genesis: Genesis, chainId: Hex, block: UncheckedHeader): boolean {
  if (taggedHash("block", chainId, headerOf(block)) !== block.hash) return false;
  return verifySignature(genesis.hub, "seal", chainId, { hash: block.hash }, block.hubSignature);
}

/** Two openings of one round that differ in more than their signature prove a dishonest hub by themselves (SPEC §7). */
export function provesTwoOpenings(genesis: Genesis, chainId: Hex, first: Opening, second: Opening): boolean {
  if (first.round !== second.round) return false;
  if (canonicalize(unsigned(first)) === canonicalize(unsigned(second))) return false;
  return isSignedOpening(genesis, chainId, first) && isSignedOpening(genesis, chainId, second);
}

/** Two validly sealed blocks of one index prove a dishonest hub by themselves (SPEC §7). */
export function provesTwoBlocks(
  genesis: Genesis,
  chainId: Hex,
  first: UncheckedHeader,
  second: UncheckedHeader,
): boolean {
  if (first.index !== second.index || first.hash === second.hash) return false;
  return isSealedBlock(genesis, chainId, first) && isSealedBlock(genesis, chainId, second);
}
