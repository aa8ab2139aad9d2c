import { vrfVerify } from "../../crypto/vrf.ts";
import { isTrueClaim } from "../../evidence/false-claim.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { compareEntries, type DrawEntry, drawEntry } from "../../lottery/entry.ts";
import { nextSeed } from "../../lottery/seed.ts";
import { ticketOf } from "../../lottery/ticket.ts";
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
  const { block } = input;
  const entries = rankedEntries(input);
  const rows = entries.map(({ proposal, stake, ticket, score }) => ({
    publicKey: proposal.publicKey,
    isWinner: proposal.publicKey === block.proposal?.publicKey,
    cells: [String(proposal.bpm), String(stake), ticket, formatScore(score)],
  }));
  const steps = block.proposal === null ? roundSteps(input) : [...roundSteps(input), ...winnerSteps(input, entries)];
  return { columns: ["BPM", "stake", "ticket", "score"], rows, steps };
}

function rankedEntries({ chainId, block, proposals, stakeOf }: DrawViewInput): DrawEntry[] {
  return proposals
    .map((proposal) => ({ proposal, stake: stakeOf(proposal.publicKey) }))
    .filter(({ stake }) => stake > 0)
    .map(({ proposal, stake }) => drawEntry(chainId, block.draw.beacon.output, proposal, stake))
    .sort(compareEntries);
}

/** What is the same for all who took part. */
function roundSteps({ genesis, chainId, block, seed }: DrawViewInput): DrawStep[] {
  const { beacon } = block.draw;
  const hubOutput = vrfVerify(genesis.hub, alphaOf(chainId, block.round, seed), beacon.proof);
  return [
    { label: "seed", formula: "left by the block before", value: block.draw.seed, isRight: seed === block.draw.seed },
    {
      label: "beacon",
      formula: "vrf(hub's key, round and seed)",
      value: beacon.output,
      isRight: hubOutput === beacon.output,
    },
  ];
}

/** The winner's way to its score. What a block does not say, as its ticket, is right where what it is made of is. */
function winnerSteps({ chainId, block, seed, stakeOf }: DrawViewInput, entries: readonly DrawEntry[]): DrawStep[] {
  const { proposal, draw } = block;
  if (proposal === null) return [];
  const { claim, publicKey } = proposal;
  const hasTrueClaim = isTrueClaim(chainId, publicKey, block.round, seed, claim);
  const stake = stakeOf(publicKey);
  const own = stake > 0 ? drawEntry(chainId, draw.beacon.output, proposal, stake) : undefined;
  const isLowest = own !== undefined && entries.every((entry) => compareEntries(own, entry) <= 0);
  return [
    { label: "VRF output", formula: "vrf(winner's key, round and seed)", value: claim.output, isRight: hasTrueClaim },
    {
      label: "ticket",
      formula: "hash(beacon, VRF output)",
      value: ticketOf(chainId, draw.beacon.output, claim.output),
      isRight: hasTrueClaim,
    },
    {
      label: "stake",
      formula: "bonded after the transactions",
      value: String(draw.stake),
      isRight: draw.stake === stake && stake > 0,
    },
    {
      label: "score",
      formula: `-log2(1 - ticket) / ${stake}, the lowest`,
      value: own === undefined ? "none" : formatScore(own.score),
      isRight: isLowest,
    },
    {
      label: "next seed",
      formula: "hash(seed, VRF output, beacon)",
      value: nextSeed(chainId, block),
      isRight: hasTrueClaim,
    },
  ];
}
