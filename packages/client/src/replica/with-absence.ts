import { type Block, blockForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import { absenceFinding } from "./alarm.ts";
import type { BlockSource } from "./block-source.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";
import { findNeighbours } from "./find-neighbours.ts";

/** A receipted proposal whose place is not shown: where its neighbours are, they prove that it has none. */
export async function withAbsence(failure: EvidenceInput, source: BlockSource): Promise<EvidenceInput> {
  const { finding, block, held, about } = failure;
  const own = held?.proposals.find(({ receipt }) => receipt.leaf === about);
  if (finding.rule !== "inclusion" || own === undefined || !conforms(blockForm, block)) return failure;
  const sealed = block as Block;
  const proofs = await findNeighbours(sealed, own.proposal.publicKey, source);
  if (proofs === undefined) return failure;
  return { ...failure, finding: absenceFinding(sealed.index, own.receipt.leaf, sealed.proposalsRoot), proofs };
}
