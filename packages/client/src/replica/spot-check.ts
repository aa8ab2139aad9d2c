import { checkProposal } from "pos-shared/chain/check-proposal.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { leafHash, verifyInclusion } from "pos-shared/crypto/merkle.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import { type Ledger, stakeOf } from "pos-shared/ledger/ledger.ts";
import { compareEntries, drawEntry } from "pos-shared/lottery/entry.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { ReceiptedProposal } from "pos-shared/model/receipt.ts";
import type { AlarmFinding } from "./alarm.ts";
import type { ServedProof } from "./block-source.ts";
import type { Place } from "./draw-material.ts";

export interface SpotCheckInput {
  readonly network: Network;
  readonly block: Block;
  /** After the block. */
  readonly ledger: Ledger;
  readonly places: readonly Place[];
  /** One's own receipted proposals of the round. */
  readonly own: readonly ReceiptedProposal[];
}

/**
 * Depth `spot` (SPEC §7): one's own proposal, and some chosen by chance, are in the round's tree, and none of them
 * ranks before the winner.
 */
export function checkPlaces(input: SpotCheckInput): { finding: AlarmFinding; place: Place } | undefined {
  for (const place of input.places) {
    const finding = checkPlace(input, place);
    if (finding !== undefined) return { finding, place };
  }
  return undefined;
}

/** What evidence holds of a wrong place. */
export interface WrongPlace {
  readonly finding: AlarmFinding;
  /** The leaf that was receipted. */
  readonly about: Hex | undefined;
  /** The proof that shows it, if one came. */
  readonly proofs: readonly ServedProof[];
}

/** The first place that is wrong, as evidence needs it. */
export function findWrongPlace(input: SpotCheckInput): WrongPlace | undefined {
  const found = checkPlaces(input);
  if (found === undefined) return undefined;
  const { asked, proof } = found.place;
  const receipted = input.own.find(({ proposal }) => "publicKey" in asked && proposal.publicKey === asked.publicKey);
  const proofs = proof === undefined ? [] : [proof];
  return { finding: found.finding, about: receipted?.receipt.leaf, proofs };
}

function checkPlace(
  { network, block, ledger, own }: SpotCheckInput,
  { asked, proof }: Place,
): AlarmFinding | undefined {
  const { index, round, prevHash, proposalCount, proposalsRoot } = block;
  const where = "position" in asked ? `the proposal at place ${asked.position}` : "one's own proposal";
  const missing = (actual: string): AlarmFinding => ({
    rule: "inclusion",
    index,
    expected: `${where} under the root ${proposalsRoot}`,
    actual,
  });
  if (proof === undefined) return missing("none");
  const checked = checkProposal(network, proof.proposal, round, prevHash);
  if (!checked.ok) return missing(`an unacceptable one (${checked.error.code})`);
  const proposal = checked.value;
  if (!verifyInclusion(leafHash(proposal), proof.position, proposalCount, proof.path, proposalsRoot)) {
    return missing("a wrong proof");
  }
  if ("publicKey" in asked) {
    const receipt = own.find((held) => held.proposal.publicKey === asked.publicKey)?.receipt;
    if (receipt !== undefined && receipt.leaf !== toHex(leafHash(proposal))) return missing("another one of this key");
  }
  const stake = stakeOf(ledger, proposal.publicKey);
  if (stake === 0) return undefined;
  const expected = `a winner that ranks before ${proposal.publicKey}`;
  if (block.proposal === null) return { rule: "draw", index, expected, actual: "no winner" };
  const beacon = block.draw.beacon.output;
  const entry = drawEntry(network.chainId, beacon, proposal, stake);
  const winner = drawEntry(network.chainId, beacon, block.proposal, block.draw.stake);
  if (compareEntries(entry, winner) >= 0) return undefined;
  return { rule: "draw", index, expected, actual: block.proposal.publicKey };
}
