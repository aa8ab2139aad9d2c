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

/** How many of the lowest are kept in order, for the screen. */
const LOWEST_KEPT = 8;

/** A proposal of the round. With stake 0 it takes no part in the draw. */
interface Candidate {
  readonly proposal: Proposal;
  readonly stake: number;
  readonly ticket: Hex;
  readonly weight: bigint;
}

interface LotteryRound {
  readonly input: OpenRoundInput;
  /** Worked out when it is first needed, so that an opening never waits for it. */
  readonly beacon: () => Draw["beacon"];
  /** By public key. */
  readonly candidates: DigestMap<Candidate>;
  readonly eligibleStake: number;
  /**
   * The lowest so far, best first, the first one's claim verified. Undefined where they have to be looked for at the
   * close, as one of them changed its stake or its claim was false.
   */
  readonly lowest: readonly DrawEntry[] | undefined;
}

export function openLotteryRound(input: OpenRoundInput): RuleRound {
  let rolled: Draw["beacon"] | undefined;
  const beacon = (): Draw["beacon"] => {
    rolled ??= vrfProve(input.hubKey, alphaOf(input.chainId, input.round, input.seed));
    return rolled;
  };
  return asRuleRound({ input, beacon, candidates: EMPTY_DIGEST_MAP, eligibleStake: 0, lowest: [] });
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
  const ticket = ticketOf(round.input.chainId, round.beacon().output, proposal.claim.output);
  const candidate: Candidate = { proposal, stake, ticket, weight: weightOf(ticket) };
  const after: LotteryRound = {
    ...round,
    candidates: setDigest(round.candidates, proposal.publicKey, candidate),
    eligibleStake: round.eligibleStake + stake,
  };
  if (stake === 0 || round.lowest === undefined) return { after, slashes: [] };
  const lowest = insertEntry(round.lowest, entryOf(candidate));
  if (lowest[0]?.proposal === proposal && !hasTrueClaim(round, proposal)) {
    // Where nobody records the slash now (a hub that resumes a round), the close finds the claim false once more.
    return { after: { ...after, lowest: undefined }, slashes: [falseClaim(proposal)] };
  }
  return { after: { ...after, lowest }, slashes: [] };
}

function reviseStake(round: LotteryRound, publicKey: Hex, stake: number): LotteryRound {
  const candidate = getDigest(round.candidates, publicKey);
  if (candidate === undefined || candidate.stake === stake) return round;
  const after: LotteryRound = {
    ...round,
    candidates: setDigest(round.candidates, publicKey, { ...candidate, stake }),
    eligibleStake: round.eligibleStake - candidate.stake + stake,
  };
  // Who leaves without having been among the lowest changes nothing; else they are looked for at the close.
  const wasLow = round.lowest?.some((entry) => entry.proposal.publicKey === publicKey) ?? false;
  return stake === 0 && !wasLow ? after : { ...after, lowest: undefined };
}

function close(round: LotteryRound): RoundOutcome {
  const slashes: Slash[] = [];
  let current = round;
  let lowest = round.lowest;
  while (lowest === undefined) {
    const found = findLowest(current);
    const [first] = found;
    if (first === undefined || hasTrueClaim(current, first.proposal)) {
      lowest = found;
    } else {
      slashes.push(falseClaim(first.proposal));
      current = reviseStake({ ...current, lowest: found }, first.proposal.publicKey, 0);
    }
  }
  const [winner] = lowest;
  const draw: Draw = {
    seed: round.input.seed,
    stake: winner?.stake ?? 0,
    eligibleStake: current.eligibleStake,
    beacon: round.beacon(),
  };
  return { winner: winner?.proposal ?? null, draw, slashes, lowest: lowest.map(({ proposal }) => proposal) };
}

function findLowest(round: LotteryRound): readonly DrawEntry[] {
  let lowest: readonly DrawEntry[] = [];
  for (const candidate of digestValues(round.candidates)) {
    if (candidate.stake > 0) lowest = insertEntry(lowest, entryOf(candidate));
  }
  return lowest;
}

/** A list of the lowest with one more entry in its place, cut to as many as a screen shows. */
function insertEntry(lowest: readonly DrawEntry[], entry: DrawEntry): readonly DrawEntry[] {
  const at = lowest.findIndex((other) => compareEntries(entry, other) < 0);
  if (at === -1) return lowest.length < LOWEST_KEPT ? [...lowest, entry] : lowest;
  return [...lowest.slice(0, at), entry, ...lowest.slice(at)].slice(0, LOWEST_KEPT);
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
