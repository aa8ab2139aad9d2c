/**
 * The hub's side of one lottery round. Scores are computed when a proposal arrives and the VRF proof of each new lowest
 * one is verified then (about ln n a round), so that next to nothing is left to do at the close (DESIGN §6).
 */
import { vrfProve } from "../../crypto/vrf.ts";
import type { Hex } from "../../encoding/hex.ts";
import { isTrueClaim } from "../../evidence/false-claim.ts";
import { type DigestMap, digestValues, EMPTY_DIGEST_MAP, getDigest, setDigest } from "../../ledger/digest-map.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { compareEntries, type DrawEntry, surelyRanksAfter } from "../../lottery/entry.ts";
import { scoreOf, weightOf } from "../../lottery/score.ts";
import { ticketOf } from "../../lottery/ticket.ts";
import type { Draw } from "../../model/block.ts";
import type { Proposal } from "../../model/proposal.ts";
import type { Slash } from "../../model/transaction.ts";
import type { OpenRoundInput, RoundOutcome, RuleRound } from "../consensus-rule.ts";

/** How many of the lowest a screen shows. */
const LOWEST_SHOWN = 8;
/** So many are kept in order, so that others are at hand when the lowest change their stakes. */
const LOWEST_KEPT = 64;

/** A proposal of the round. With stake 0 it takes no part in the draw. */
interface Candidate {
  readonly proposal: Proposal;
  readonly stake: number;
  readonly ticket: Hex;
  /** Whether its claim is true, once that was worked out. */
  readonly isTrue: boolean | undefined;
}

interface LotteryRound {
  readonly input: OpenRoundInput;
  /** Worked out when it is first needed, so that an opening never waits for it. */
  readonly beacon: () => Draw["beacon"];
  /** By public key. */
  readonly candidates: DigestMap<Candidate>;
  /** Candidates with a stake. */
  readonly taking: number;
  readonly eligibleStake: number;
  /** The lowest so far, best first; all others that take part rank after them. At least as many as are shown. */
  readonly lowest: readonly DrawEntry[];
}

export function openLotteryRound(input: OpenRoundInput): RuleRound {
  let rolled: Draw["beacon"] | undefined;
  const beacon = (): Draw["beacon"] => {
    rolled ??= vrfProve(input.hubKey, alphaOf(input.chainId, input.round, input.seed));
    return rolled;
  };
  return asRuleRound({ input, beacon, candidates: EMPTY_DIGEST_MAP, taking: 0, eligibleStake: 0, lowest: [] });
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
  const candidate: Candidate = { proposal, stake, ticket, isTrue: undefined };
  const after = withFirstVerified(put(round, candidate));
  const isLie = getDigest(after.candidates, proposal.publicKey)?.isTrue === false;
  // Where nobody records the slash now (a hub that resumes a round), the close slashes for it.
  return { after, slashes: isLie ? [falseClaim(proposal)] : [] };
}

function reviseStake(round: LotteryRound, publicKey: Hex, stake: number): LotteryRound {
  const candidate = getDigest(round.candidates, publicKey);
  if (candidate === undefined || candidate.stake === stake) return round;
  return withFirstVerified(put(take(round, candidate), { ...candidate, stake }));
}

function close(round: LotteryRound): RoundOutcome {
  const slashes: Slash[] = [];
  let current = withFirstVerified(round);
  for (let first = firstOf(current); first?.isTrue === false; first = firstOf(current)) {
    slashes.push(falseClaim(first.proposal));
    current = reviseStake(current, first.proposal.publicKey, 0);
  }
  const [winner] = current.lowest;
  const draw: Draw = {
    seed: round.input.seed,
    stake: winner?.stake ?? 0,
    eligibleStake: current.eligibleStake,
    beacon: round.beacon(),
  };
  const lowest = current.lowest.slice(0, LOWEST_SHOWN).map(({ proposal }) => proposal);
  return { winner: winner?.proposal ?? null, draw, slashes, lowest };
}

/** The round with a candidate that was not in it, or not with a stake. */
function put(round: LotteryRound, candidate: Candidate): LotteryRound {
  const candidates = setDigest(round.candidates, candidate.proposal.publicKey, candidate);
  if (candidate.stake === 0) return { ...round, candidates };
  const { lowest, taking } = round;
  return {
    ...round,
    candidates,
    taking: taking + 1,
    eligibleStake: round.eligibleStake + candidate.stake,
    // Past the end of a list that leaves some out, nobody knows who is next.
    lowest: insertCandidate(lowest, candidate, taking === lowest.length),
  };
}

/** The round with a candidate's stake taken out. Where too few of the lowest remain, they are looked for among all. */
function take(round: LotteryRound, candidate: Candidate): LotteryRound {
  if (candidate.stake === 0) return round;
  const { publicKey } = candidate.proposal;
  const after: LotteryRound = {
    ...round,
    candidates: setDigest(round.candidates, publicKey, { ...candidate, stake: 0 }),
    taking: round.taking - 1,
    eligibleStake: round.eligibleStake - candidate.stake,
    lowest: round.lowest.filter(({ proposal }) => proposal.publicKey !== publicKey),
  };
  const isEnough = after.lowest.length >= Math.min(LOWEST_SHOWN, after.taking);
  return isEnough ? after : { ...after, lowest: findLowest(after) };
}

/** Each claim is checked once at most, when it first is that of the lowest (DESIGN §6). */
function withFirstVerified(round: LotteryRound): LotteryRound {
  const first = firstOf(round);
  if (first === undefined || first.isTrue !== undefined) return round;
  const isTrue = hasTrueClaim(round, first.proposal);
  return { ...round, candidates: setDigest(round.candidates, first.proposal.publicKey, { ...first, isTrue }) };
}

function firstOf({ lowest: [first], candidates }: LotteryRound): Candidate | undefined {
  return first === undefined ? undefined : getDigest(candidates, first.proposal.publicKey);
}

function findLowest(round: LotteryRound): readonly DrawEntry[] {
  const entries = digestValues(round.candidates).flatMap((one) => (one.stake > 0 ? [entryOf(one)] : []));
  return entries.sort(compareEntries).slice(0, LOWEST_KEPT);
}

/** A list of the lowest with one more candidate in its place; at the end only where that `isOpen`. */
function insertCandidate(lowest: readonly DrawEntry[], candidate: Candidate, isOpen: boolean): readonly DrawEntry[] {
  const last = lowest.at(-1);
  const hasRoom = isOpen && lowest.length < LOWEST_KEPT;
  if (last !== undefined && !hasRoom && surelyRanksAfter(candidate, last)) return lowest;
  const entry = entryOf(candidate);
  if (last === undefined || compareEntries(last, entry) < 0) return hasRoom ? [...lowest, entry] : lowest;
  const at = lowest.findIndex((other) => compareEntries(entry, other) < 0);
  return lowest.toSpliced(at, 0, entry).slice(0, LOWEST_KEPT);
}

/** Its score is worked out when somebody asks for it: where stakes are the same, tickets say who ranks first. */
function entryOf({ proposal, stake, ticket }: Candidate): DrawEntry {
  let score: bigint | undefined;
  return {
    proposal,
    stake,
    ticket,
    get score() {
      score ??= scoreOf(weightOf(ticket), stake);
      return score;
    },
  };
}

function hasTrueClaim({ input }: LotteryRound, proposal: Proposal): boolean {
  return isTrueClaim(input.chainId, proposal.publicKey, input.round, input.seed, proposal.claim);
}

function falseClaim(proposal: Proposal): Slash {
  return { type: "slash", evidence: { kind: "vrf", proposal } };
}
