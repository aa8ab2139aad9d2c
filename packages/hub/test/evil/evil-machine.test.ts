import { type ChainState, genesisState } from "pos-shared/chain/chain-state.ts";
import { verifyBlock, verifyHeld } from "pos-shared/chain/verify/verify-block.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import type { CheckFailure, Held } from "pos-shared/rules/check.ts";
import { keyOf, SimulatedHub, testGenesis } from "pos-shared/test-support/simulated-hub.ts";
import { describe, expect, it } from "vitest";
import { evilMachine } from "../../src/evil/evil-machine.ts";
import type { EvilMode } from "../../src/evil/modes.ts";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const VALIDATORS = [2, 3, 4, 5].map(keyOf);

/** Rules that may catch each mode, seen by clients that hold their receipts and check up to 64 proposals in full. */
const CAUGHT_BY: Partial<Readonly<Record<EvilMode, readonly string[]>>> = {
  drop: ["ownScore", "proposals"],
  skip: ["ownRound"],
  second: ["ownScore", "draw"],
  ledger: ["ledgerRoot"],
  lose: ["ownTransaction"],
  early: ["timestamp"],
};

/** A small generator with a seed, so that a failing run can be repeated (Numerical Recipes' linear congruence). */
function chanceOf(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * n);
  };
}

/** Eight rounds of four validators under a hub that cheats from a random round on. */
function run(mode: EvilMode, seed: number): { hub: SimulatedHub; deeds: number[]; denied: Set<string> } {
  const chance = chanceOf(seed);
  const deeds: number[] = [];
  const denied = new Set<string>();
  const machine = evilMachine({
    modes: [mode],
    roundMs: 1000,
    fromRound: 2 + chance(3),
    chance,
    onDeed: (_, round) => deeds.push(round),
    onDenied: (leaf) => denied.add(leaf),
  });
  const hub = new SimulatedHub({ machine, genesis: testGenesis() });
  VALIDATORS.forEach((key, i) => {
    hub.join(key, `validator-${i}`, 50 + chance(100));
  });
  for (let round = 1; round <= 8; round++) {
    if (mode === "lose")
      hub.transact(VALIDATORS[0] ?? keyOf(2), {
        type: "bond",
        nonce: hub.nonceOf(VALIDATORS[0] ?? keyOf(2)),
        amount: 1,
      });
    for (const key of VALIDATORS) hub.propose(key, 60 + chance(60));
    hub.close();
  }
  return { hub, deeds, denied };
}

/** The first thing that clients who hold everything they were given find wrong, and the round in which they do. */
function audit(
  { network, rounds, openings, heldProposals, heldTransactions }: SimulatedHub,
  denied: ReadonlySet<string> = new Set(),
): CheckFailure | undefined {
  let state: ChainState = genesisState(network);
  const held = (upTo: number): Held => ({
    proposals: heldProposals.filter(({ receipt }) => receipt.round <= upTo),
    transactions: heldTransactions.filter(({ receipt }) => receipt.round <= upTo),
    openings: openings.filter(({ round }) => round <= upTo),
  });
  for (const opening of openings) {
    const left = verifyHeld({ network, state, held: held(opening.round), seedAfter: () => undefined });
    if (left !== undefined) return left;
    const sealed = rounds.find(({ block }) => block.round === opening.round);
    if (sealed === undefined) continue;
    const verified = verifyBlock({
      network,
      state,
      block: sealed.block,
      depth: "full",
      proposals: sealed.proposals.filter((proposal) => !denied.has(toHex(leafHash(proposal)))),
      held: held(opening.round),
      seedAfter: () => undefined,
    });
    if (!verified.ok) return verified.error;
    state = verified.value;
  }
  return undefined;
}

describe("a hub that cheats is caught by what clients hold (DESIGN §6, SPEC §7)", () => {
  it.each(Object.keys(CAUGHT_BY) as EvilMode[])("mode %s, ten seeds", (mode) => {
    for (const seed of SEEDS) {
      const { hub, deeds, denied } = run(mode, seed);
      expect(deeds.length, `seed ${seed}: the hub found an occasion`).toBeGreaterThan(0);
      const found = audit(hub, denied);
      expect(CAUGHT_BY[mode], `seed ${seed}: ${JSON.stringify(found)}`).toContain(found?.rule);
    }
  });

  it("mode censor gives the victim no receipt, and nothing else", () => {
    for (const seed of SEEDS) {
      const { hub, deeds } = run("censor", seed);
      expect(deeds.length).toBeGreaterThan(0);
      expect(audit(hub)).toBeUndefined();
      expect(hub.heldProposals.length).toBeLessThan(8 * VALIDATORS.length);
    }
  });

  it("an honest hub raises nothing in the same runs", () => {
    const hub = new SimulatedHub();
    VALIDATORS.forEach((key, i) => {
      hub.join(key, `validator-${i}`, 100);
    });
    for (let round = 1; round <= 8; round++) {
      for (const key of VALIDATORS) hub.propose(key, 72);
      hub.close();
    }
    expect(audit(hub)).toBeUndefined();
  });
});
