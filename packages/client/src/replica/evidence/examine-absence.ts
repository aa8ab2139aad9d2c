/**
 * A receipted proposal that is not in the tree of its round. The tree is in the order of public keys (SPEC §6): two
 * neighbours, of which one key comes before and one after, leave no place between them. An unordered tree breaks the
 * same rule.
 */
import { validHeld } from "pos-shared/chain/block-context.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { leafHash, verifyInclusion } from "pos-shared/crypto/merkle.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { sealedHeaderForm, type UncheckedHeader } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import { proposalForm, signedProposalForm } from "pos-shared/model/proposal.ts";
import { err, ok } from "pos-shared/model/result.ts";
import { type AlarmFinding, absenceFinding } from "../alarm.ts";
import type { ServedProof } from "../block-source.ts";
import type { EvidenceFile } from "./evidence-file.ts";
import type { Examined } from "./found.ts";

/** As a spot check words it (`../spot-check.ts`). */
const ASKED_FOR = /^(the proposal at place \d{1,16}|one's own proposal) under the root [0-9a-f]{64}$/;
const SHOWN_INSTEAD = /^(none|a wrong proof|another one of this key|an unacceptable one \([A-Z_]+\))$/;

export function examineInclusion(file: EvidenceFile, network: Network): Examined {
  const { block, held, proofs, index, expected, actual } = file;
  if (!conforms(sealedHeaderForm, block) || !isSealedBlock(network.genesis, network.chainId, block)) {
    return err("the hub did not seal its block");
  }
  if (block.index !== index) return err(`its block is block ${block.index}`);
  const [own, another] = held.proposals;
  if (own !== undefined && another === undefined && conforms(proposalForm, own.proposal)) {
    const { proposal, receipt } = own;
    const valid = validHeld(network, { proposals: [{ proposal, receipt }], transactions: [], openings: [] });
    if (valid.proposals.length === 0) return err("a receipt in it is not the hub's for what stands beside it");
    if (proposal.round !== block.round) return err("its receipt is for another round than its block");
    if (showsAbsence(block, proposal.publicKey, proofs)) {
      const finding = absenceFinding(index, receipt.leaf, block.proposalsRoot);
      return ok({ kind: "shown", finding, isProven: true });
    }
  }
  // That the hub showed no proof, or a wrong one, cannot be shown; but nothing else can be said here either.
  const isOfTree = String(expected).endsWith(` under the root ${block.proposalsRoot}`);
  if (!isOfTree || !ASKED_FOR.test(String(expected)) || !SHOWN_INSTEAD.test(String(actual))) {
    return err("it says what no client finds");
  }
  const finding: AlarmFinding = { rule: "inclusion", index, expected, actual };
  return ok({ kind: "shown", finding, isProven: false });
}

/** Do these proofs leave no place for a key in the tree of a block? */
export function showsAbsence(block: UncheckedHeader, publicKey: Hex, proofs: readonly ServedProof[]): boolean {
  const { proposalCount } = block;
  const places = proofs.map((proof) => placeOf(block, proof));
  const [first, second, third] = places;
  if (first === undefined || places.includes(undefined) || third !== undefined) return false;
  if (second === undefined) {
    const isAtStart = first.position === 0 && publicKey < first.publicKey;
    const isAtEnd = first.position === proposalCount - 1 && publicKey > first.publicKey;
    return isAtStart || isAtEnd;
  }
  if (first.position >= second.position) return false;
  if (first.publicKey >= second.publicKey) return true;
  return second.position === first.position + 1 && first.publicKey < publicKey && publicKey < second.publicKey;
}

/** The key at a place, if the proof leads to the root that the hub sealed. */
function placeOf(
  { proposalCount, proposalsRoot }: UncheckedHeader,
  { position, proposal, path }: ServedProof,
): { readonly position: number; readonly publicKey: Hex } | undefined {
  if (!conforms(signedProposalForm, proposal)) return undefined;
  const isThere = verifyInclusion(leafHash(proposal), position, proposalCount, path, proposalsRoot);
  return isThere ? { position, publicKey: proposal.publicKey } : undefined;
}
