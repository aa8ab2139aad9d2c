/**
 * The hub's side of one lottery round. Scores are computed when a proposal arrives and the VRF proof of each new lowest
 * one is verified then (about ln n a round), so that next to nothing is left to do at the close (DESIGN §6).
 */
import { vrfProve } from "../../crypto/vrf.ts";
import type { Hex } from "../../encoding/hex.ts";
import { isTrueClaim } from "../../evidence/false-claim.ts";
import { type DigestMap, digestValues, EMPTY_DIGEST_MAP, getDigest, setDigest } from "../../ledger/digest-map.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { compareEntries, type DrawEntry } from "../../lottery/entry.ts";
import { scoreOf, weightOf } from "../../lottery/score.ts";
import { ticketOf } from "../../lottery/ticket.ts";
import type { Draw } from "../../model/block.ts";
import type { Proposal } from "../../model/proposal.ts";
import type { Slash } from "../../model/transaction.ts";
import type { OpenRoundInput, RoundOutcome, RuleRound } from "../consensus-rule.ts";

/** A proposal of the round. With stake 0 it takes no part in the draw. */
interface Candidate {
  readonly proposal: Proposal;
  readonly stake: number;
  readonly ticket: Hex;
  readonly weight: bigint;
}

interface LotteryRound {
  readonly input: OpenRoundInput;
  readonly beacon: Draw["beacon"];
  /** By public key. */
  readonly candidates: DigestMap<Candidate>;
  readonly eligibleStake: number;
  /** The lowest so far with its claim verified; undefined where it is not known and has to be looked for. */
  readonly lowest: DrawEntry | undefined;
}

export function openLotteryRound(input: OpenRoundInput): RuleRound {
  const beacon = vrfProve(input.hubKey, alphaOf(input.chainId, input.round, input.seed));
  return asRuleRound({ input, beacon, candidates: EMPTY_DIGEST_MAP, eligibleStake: 0, lowest: undefined });
}

function asRuleRound(round: LotteryRound): RuleRound {
  return {
    accept: (proposal, stake) => {
      const { after, slashes } = accept(round, proposal, stake);
      return { round: asRuleRound(after), slashes };
    },
    reviseStake: (publicKey, stake) => asRuleRound(reviseStake(round, publicKey, stake)),
    close: () => close(round),
  };
}

function accept(round: LotteryRound, proposal: Proposal, stake: number): { after: LotteryRound; slashes: Slash[] } {
  const ticket = ticketOf(round.input.chainId, round.beacon.output, proposal.claim.output);
  const candidate: Candidate = { proposal, stake, ticket, weight: weightOf(ticket) };
  const isFirst = round.candidates.size === 0;
  const after: LotteryRound = {
    ...round,
    candidates: setDigest(round.candidates, proposal.publicKey, candidate),
    eligibleStake: round.eligibleStake + stake,
  };
  const entry = entryOf(candidate);
  const isLower = isFirst || (round.lowest !== undefined && compareEntries(entry, round.lowest) < 0);
  if (!isLower) return { after, slashes: [] };
  if (hasTrueClaim(round, proposal)) return { after: { ...after, lowest: entry }, slashes: [] };
  return { after, slashes: [falseClaim(proposal)] };
}

function reviseStake(round: LotteryRound, publicKey: Hex, stake: number): LotteryRound {
  const candidate = getDigest(round.candidates, publicKey);
  if (candidate === undefined || candidate.stake === stake) return round;
  return {
    ...round,
    candidates: setDigest(round.candidates, publicKey, { ...candidate, stake }),
    eligibleStake: round.eligibleStake - candidate.stake + stake,
    // Whoever is lowest now is looked for at the close; bonding in the middle of a round is rare.
    lowest: undefined,
  };
}

function close(round: LotteryRound): RoundOutcome {
  const slashes: Slash[] = [];
  let current = round;
  let lowest = current.lowest;
  while (lowest === undefined) {
    const next = findLowest(current);
    if (next === undefined) break;
    if (hasTrueClaim(current, next.proposal)) {
      lowest = next;
    } else {
      slashes.push(falseClaim(next.proposal));
      current = reviseStake(current, next.proposal.publicKey, 0);
    }
  }
  const draw: Draw = {
    seed: round.input.seed,
    stake: lowest?.stake ?? 0,
    eligibleStake: current.eligibleStake,
    beacon: round.beacon,
  };
  return { winner: lowest?.proposal ?? null, draw, slashes };
}

function findLowest(round: LotteryRound): DrawEntry | undefined {
  let lowest: DrawEntry | undefined;
  for (const candidate of digestValues(round.candidates)) {
    if (candidate.stake === 0) continue;
    const entry = entryOf(candidate);
    if (lowest === undefined || compareEntries(entry, lowest) < 0) lowest = entry;
  }
  return lowest;
}

function entryOf({ proposal, stake, ticket, weight }: Candidate): DrawEntry {
  return { proposal, stake, ticket, score: scoreOf(weight, stake) };
}

function hasTrueClaim({ input }: LotteryRound, proposal: Proposal): boolean {
  return isTrueClaim(input.chainId, proposal.publicKey, input.round, input.seed, proposal.claim);
}

function falseClaim(proposal: Proposal): Slash {
  return { type: "slash", evidence: { kind: "vrf", proposal } };
}
