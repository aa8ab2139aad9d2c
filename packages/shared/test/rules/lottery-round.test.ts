import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { vrfProve } from "../../src/crypto/vrf.ts";
import { isTrueClaim } from "../../src/evidence/false-claim.ts";
import { alphaOf } from "../../src/lottery/alpha.ts";
import { compareEntries, drawEntry } from "../../src/lottery/entry.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { RuleRound } from "../../src/rules/consensus-rule.ts";
import { stakeLottery } from "../../src/rules/stake-lottery/stake-lottery.ts";

vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const keyOf = (byte: number) => secretKeyFromSeed(new Uint8Array(32).fill(byte));
const hubKey = keyOf(1);
const CHAIN_ID = "c".repeat(64);
const ROUND = 3;
const SEED = "5".repeat(64);
const AUTHORS = 12;

/** For each author a proposal with a true claim and one with a made-up output. */
const proposals = Array.from({ length: AUTHORS }, (_, i) => {
  const key = keyOf(i + 2);
  const claim = stakeLottery.makeClaim(CHAIN_ID, key, ROUND, SEED);
  const { publicKey } = key;
  const honest: Proposal = { round: ROUND, prevHash: SEED, bpm: 60, publicKey, claim, signature: "00".repeat(64) };
  const output = `${i.toString(16)}0`.repeat(64);
  return { honest, lying: { ...honest, claim: { ...claim, output } } };
});

/** A proposal arrives, or its author's stake changes. */
interface Arrival {
  readonly author: number;
  readonly isLying: boolean;
  readonly stake: number;
}
const arrivals = fc.array(
  fc.record({
    author: fc.nat(AUTHORS - 1),
    isLying: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    stake: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })),
  }),
  { maxLength: 30, size: "max" },
);

interface Played {
  readonly round: RuleRound;
  readonly stakes: Map<Proposal, number>;
  readonly slashed: Proposal[];
}

/** Plays a round as the hub does; what the draw proves on arrival is slashed at once, if anybody records it. */
function play(happened: readonly Arrival[], records: boolean): Played {
  const stakes = new Map<Proposal, number>();
  const first = new Map<string, Proposal>();
  const slashed: Proposal[] = [];
  let round = stakeLottery.openRound({ chainId: CHAIN_ID, hubKey, round: ROUND, seed: SEED });
  for (const { author, isLying, stake } of happened) {
    const made = proposals[author];
    if (made === undefined) throw new Error("no such author");
    const known = first.get(made.honest.publicKey);
    if (known !== undefined && slashed.includes(known)) continue;
    if (known !== undefined) {
      round = round.reviseStake(known.publicKey, stake);
      stakes.set(known, stake);
      continue;
    }
    const proposal = isLying ? made.lying : made.honest;
    first.set(proposal.publicKey, proposal);
    const accepted = round.accept(proposal, stake);
    round = accepted.round;
    stakes.set(proposal, stake);
    if (!records) continue;
    for (const { evidence } of accepted.slashes) {
      if (evidence.kind !== "vrf" || evidence.proposal !== proposal || !isLying)
        throw new Error("slashed without proof");
      slashed.push(proposal);
      stakes.set(proposal, 0);
      round = round.reviseStake(proposal.publicKey, 0);
    }
  }
  return { round, stakes, slashed };
}

/** SPEC §5, literally: the lowest wins; where its claim is false it is slashed, and the draw is repeated without it. */
function drawLiterally(beacon: string, stakes: ReadonlyMap<Proposal, number>) {
  const slashes: Proposal[] = [];
  const taking = new Map([...stakes].filter(([, stake]) => stake > 0));
  for (;;) {
    const entries = [...taking].map(([proposal, stake]) => drawEntry(CHAIN_ID, beacon, proposal, stake));
    const ranked = entries.sort(compareEntries);
    const [lowest] = ranked;
    if (lowest === undefined || isTrueClaim(CHAIN_ID, lowest.proposal.publicKey, ROUND, SEED, lowest.proposal.claim)) {
      const eligibleStake = ranked.reduce((sum, { stake }) => sum + stake, 0);
      return { winner: lowest, ranked, eligibleStake, slashes };
    }
    slashes.push(lowest.proposal);
    taking.delete(lowest.proposal);
  }
}

describe("the hub's side of a lottery round (SPEC §5)", () => {
  const beacon = vrfProve(hubKey, alphaOf(CHAIN_ID, ROUND, SEED));

  test.each([
    ["and false claims are slashed when they come lowest", true],
    ["also where nobody records what was seen on arrival, as in a round that is resumed", false],
  ])("in whatever order proposals come and stakes change, the draw is the literal one, %s", (_, records) => {
    fc.assert(
      fc.property(arrivals, (happened) => {
        const { round, stakes } = play(happened, records);
        const outcome = round.close();
        const expected = drawLiterally(beacon.output, stakes);
        expect(outcome.winner).toBe(expected.winner?.proposal ?? null);
        expect(outcome.draw).toEqual({
          seed: SEED,
          stake: expected.winner?.stake ?? 0,
          eligibleStake: expected.eligibleStake,
          beacon,
        });
        expect(outcome.slashes).toEqual(
          expected.slashes.map((proposal) => ({ type: "slash", evidence: { kind: "vrf", proposal } })),
        );
        expect(outcome.lowest).toEqual(expected.ranked.slice(0, 8).map(({ proposal }) => proposal));
      }),
      { numRuns: 1000 },
    );
  });

  test("the eight lowest are told, for a screen, however many took part (DESIGN §9)", () => {
    const open = stakeLottery.openRound({ chainId: CHAIN_ID, hubKey, round: ROUND, seed: SEED });
    const stakes = new Map(proposals.map(({ honest }) => [honest, 1]));
    const { ranked } = drawLiterally(beacon.output, stakes);
    // Best first, so that the ninth comes when eight are known, and as they come.
    for (const arriving of [ranked.map(({ proposal }) => proposal), proposals.map(({ honest }) => honest)]) {
      for (let count = 1; count <= AUTHORS; count++) {
        const taking = arriving.slice(0, count);
        const round = taking.reduce((current, proposal) => current.accept(proposal, 1).round, open);
        const expected = ranked.map(({ proposal }) => proposal).filter((proposal) => taking.includes(proposal));
        expect(round.close().lowest).toEqual(expected.slice(0, 8));
        const key = taking[0]?.publicKey ?? "";
        expect(round.reviseStake(key, 2).reviseStake(key, 1).close()).toEqual(round.close());
      }
    }
  });

  test("an open round is a value: what comes later does not change what it was", () => {
    fc.assert(
      fc.property(arrivals, arrivals, (before, after) => {
        const { round } = play(before, true);
        const outcome = round.close();
        for (const { author, stake } of after) {
          const proposal = proposals[author]?.honest;
          if (proposal === undefined) continue;
          round.accept(proposal, stake);
          round.reviseStake(proposal.publicKey, stake);
        }
        expect(round.close()).toEqual(outcome);
      }),
      { numRuns: 1000 },
    );
  });
});
