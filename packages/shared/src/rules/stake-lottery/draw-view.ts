import { vrfVerify } from "../../crypto/vrf.ts";
import { isTrueClaim } from "../../evidence/false-claim.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { compareEntries, type DrawEntry, drawEntry } from "../../lottery/entry.ts";
import { nextSeed } from "../../lottery/seed.ts";
import { ticketOf } from "../../lottery/ticket.ts";
import type { DrawViewInput } from "../consensus-rule.ts";
import type { DrawStep, DrawView } from "../draw-view.ts";

/** Digits of a score that a screen shows at least, after the point and after its leading zeros. */
const SHOWN_DIGITS = 6;
/** The smallest score is 2^-128, which has 38 zeros after the point. */
const MOST_DIGITS = 45;
const SCORE_ONE = 1n << 128n;

/**
 * A score as a decimal fraction, cut off: −log₂(1 − ticket) / stake. The more is staked, the smaller scores are: it has as
 * many digits after the point as it takes to show `digits` (from 1 on) of them that say something, six at least.
 */
export function formatScore(score: bigint, digits = SHOWN_DIGITS): string {
  let places = SHOWN_DIGITS;
  while (score > 0n && places < MOST_DIGITS && scaled(score, places) < 10n ** BigInt(digits - 1)) places++;
  const text = scaled(score, places)
    .toString()
    .padStart(places + 1, "0");
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}

function scaled(score: bigint, places: number): bigint {
  return (score * 10n ** BigInt(places)) / SCORE_ONE;
}

/** The winner's score and the next one, with as many digits as it takes to tell them apart. */
export function formatScores(lowest: bigint, next: bigint): readonly [string, string] {
  let digits = SHOWN_DIGITS;
  while (digits < MOST_DIGITS && formatScore(lowest, digits) === formatScore(next, digits)) digits++;
  return [formatScore(lowest, digits), formatScore(next, digits)];
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
  const stakes = entries.reduce((sum, { stake }) => sum + stake, 0);
  const drawn = stakes === block.draw.eligibleStake ? rows.length : block.proposalCount;
  const steps = block.proposal === null ? roundSteps(input) : [...roundSteps(input), ...winnerSteps(input, entries)];
  return { columns: ["BPM", "stake", "ticket", "score"], rows, drawn, steps };
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
function winnerSteps(input: DrawViewInput, entries: readonly DrawEntry[]): DrawStep[] {
  const { chainId, block, seed, stakeOf } = input;
  const { proposal, draw } = block;
  if (proposal === null) return [];
  const { claim, publicKey } = proposal;
  const hasTrueClaim = isTrueClaim(chainId, publicKey, block.round, seed, claim);
  const stake = stakeOf(publicKey);
  const own = stake > 0 ? drawEntry(chainId, draw.beacon.output, proposal, stake) : undefined;
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
      formula: `-log2(1 - ticket) / ${stake}`,
      value: own === undefined ? "none" : formatScore(own.score),
      isRight: own !== undefined && hasTrueClaim,
    },
    ...(own === undefined ? [] : comparisonSteps(input, own, entries)),
    {
      label: "next seed",
      formula: "hash(seed, VRF output, beacon)",
      value: nextSeed(chainId, block),
      isRight: hasTrueClaim,
    },
  ];
}

/** The winner's score beside the next one; nothing where the others are not at hand. */
function comparisonSteps({ block }: DrawViewInput, own: DrawEntry, entries: readonly DrawEntry[]): DrawStep[] {
  const [next] = entries.filter(({ proposal }) => proposal.publicKey !== own.proposal.publicKey);
  if (next === undefined) {
    const isAlone = block.draw.eligibleStake === block.draw.stake;
    return isAlone
      ? [{ label: "comparison", formula: "the lowest score wins", value: "no other took part", isRight: true }]
      : [];
  }
  const isLowest = compareEntries(own, next) < 0;
  const [lowest, other] = formatScores(own.score, next.score);
  const sign = own.score < next.score ? "<" : own.score > next.score ? ">" : "=";
  return [
    {
      label: "comparison",
      formula: "winner's score < the next one's",
      value: `${lowest} ${sign} ${other}`,
      isRight: isLowest,
    },
  ];
}
