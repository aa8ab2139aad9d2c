import { vrfVerify } from "../../crypto/vrf.ts";
import { isTrueClaim } from "../../evidence/false-claim.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { compareEntries, drawEntry } from "../../lottery/entry.ts";
import { nextSeed } from "../../lottery/seed.ts";
import type { DrawViewInput } from "../consensus-rule.ts";
import type { DrawStep, DrawView } from "../draw-view.ts";

/** Score digits after the point that a screen shows. */
const SHOWN_DIGITS = 6;
const SCORE_ONE = 1n << 128n;

/** A score as a decimal fraction: −log₂(1 − ticket) / stake. */
export function formatScore(score: bigint): string {
  const scaled = (score * 10n ** BigInt(SHOWN_DIGITS)) / SCORE_ONE;
  const digits = scaled.toString().padStart(SHOWN_DIGITS + 1, "0");
  return `${digits.slice(0, -SHOWN_DIGITS)}.${digits.slice(-SHOWN_DIGITS)}`;
}

/** The draw of a block as a table of the given proposals, lowest score first, and the winner's recomputation. */
export function viewDraw(input: DrawViewInput): DrawView {
  const { chainId, block } = input;
  const rows = input.proposals
    .map((proposal) => ({ proposal, stake: input.stakeOf(proposal.publicKey) }))
    .filter(({ stake }) => stake > 0)
    .map(({ proposal, stake }) => drawEntry(chainId, block.draw.beacon.output, proposal, stake))
    .sort(compareEntries)
    .map(({ proposal, stake, ticket, score }) => ({
      publicKey: proposal.publicKey,
      isWinner: proposal.publicKey === block.proposal?.publicKey,
      cells: [String(proposal.bpm), String(stake), ticket, formatScore(score)],
    }));
  return { columns: ["BPM", "stake", "ticket", "score"], rows, steps: stepsOf(input) };
}

function stepsOf({ genesis, chainId, block, seed }: DrawViewInput): DrawStep[] {
  const { beacon, stake } = block.draw;
  const alpha = alphaOf(chainId, block.round, seed);
  const hubOutput = vrfVerify(genesis.hub, alpha, beacon.proof);
  const steps: DrawStep[] = [
    { label: "seed", formula: "left by the block before", value: block.draw.seed, isRight: seed === block.draw.seed },
    {
      label: "beacon",
      formula: "vrf(hub's key, round and seed)",
      value: beacon.output,
      isRight: hubOutput === beacon.output,
    },
  ];
  if (block.proposal === null) return steps;
  const { claim, publicKey } = block.proposal;
  const { ticket, score } = drawEntry(chainId, beacon.output, block.proposal, stake);
  const isTrue = isTrueClaim(chainId, publicKey, block.round, seed, claim);
  return [
    ...steps,
    { label: "VRF output", formula: "vrf(winner's key, round and seed)", value: claim.output, isRight: isTrue },
    { label: "ticket", formula: "hash(beacon, VRF output)", value: ticket, isRight: true },
    { label: "score", formula: `-log2(1 - ticket) / ${stake}`, value: formatScore(score), isRight: true },
    { label: "next seed", formula: "hash(seed, VRF output, beacon)", value: nextSeed(chainId, block), isRight: true },
  ];
}
