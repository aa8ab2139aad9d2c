import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Block } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import { signedProposalForm } from "pos-shared/model/proposal.ts";
import { MAX_PROOFS } from "pos-shared/protocol/limits.ts";
import type { BlockSource, ServedProof } from "./block-source.ts";
import { showsAbsence } from "./evidence/examine-absence.ts";

interface Found {
  readonly proof: ServedProof;
  readonly publicKey: Hex;
}

/**
 * The proofs that leave no place for a key in the tree of a block: its neighbours, looked for by halving, sixteen places
 * at a time. Undefined where the hub does not serve what it takes; then nothing is proven.
 */
export async function findNeighbours(
  block: Block,
  publicKey: Hex,
  source: BlockSource,
): Promise<readonly ServedProof[] | undefined> {
  let before: Found | undefined;
  let after: Found | undefined;
  for (;;) {
    const low = before?.proof.position ?? -1;
    const high = after?.proof.position ?? block.proposalCount;
    if (high - low <= 1) break;
    const served = await source.prove(block.index, placesBetween(low, high), null);
    if (!served.ok || served.value.length === 0) return undefined;
    for (const proof of served.value) {
      const { position, proposal } = proof;
      if (position <= low || position >= high || !conforms(signedProposalForm, proposal)) return undefined;
      if (proposal.publicKey === publicKey) return undefined;
      const found = { proof, publicKey: proposal.publicKey };
      if (found.publicKey < publicKey) {
        if (before === undefined || position > before.proof.position) before = found;
      } else if (after === undefined || position < after.proof.position) after = found;
    }
    const unordered = unorderedPair(before, after);
    if (unordered !== undefined) return showsAbsence(block, publicKey, unordered) ? unordered : undefined;
  }
  const neighbours = [before, after].flatMap((found) => (found === undefined ? [] : [found.proof]));
  return showsAbsence(block, publicKey, neighbours) ? neighbours : undefined;
}

/** Places strictly between two, evenly spread, as many as one request takes. */
function placesBetween(low: number, high: number): number[] {
  const count = Math.min(MAX_PROOFS, high - low - 1);
  const places = Array.from({ length: count }, (_, i) => low + Math.floor(((i + 1) * (high - low)) / (count + 1)));
  return [...new Set(places)].filter((place) => place > low && place < high);
}

/** A larger key before a smaller one: the tree is not in order, which breaks the same rule. */
function unorderedPair(before: Found | undefined, after: Found | undefined): readonly ServedProof[] | undefined {
  if (before === undefined || after === undefined || before.proof.position < after.proof.position) return undefined;
  return [after.proof, before.proof];
}
