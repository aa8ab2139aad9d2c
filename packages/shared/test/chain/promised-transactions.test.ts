import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { applyTransaction } from "../../src/chain/apply-transaction.ts";
import { genesisState } from "../../src/chain/chain-state.ts";
import { networkOf } from "../../src/chain/network.ts";
import { allWaiting, rebase } from "../../src/chain/round/batches.ts";
import { applyInput, startRounds } from "../../src/chain/round/round-machine.ts";
import type { Batch } from "../../src/chain/round/round-state.ts";
import { verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { addressOf } from "../../src/crypto/keys.ts";
import { leafHash } from "../../src/crypto/merkle.ts";
import { toHex } from "../../src/encoding/hex.ts";
import { accountsOf } from "../../src/ledger/ledger.ts";
import { processDueEntries } from "../../src/ledger/mature.ts";
import type { Block } from "../../src/model/block.ts";
import { NOTHING_HELD } from "../../src/rules/check.ts";
import { type Action, Session } from "../support/random-session.ts";
import { HUB_KEY, keyOf, SimulatedHub, testGenesis } from "../support/simulated-hub.ts";
import { StoredHub } from "../support/stored-hub.ts";

vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const keys = [2, 3, 4, 5, 6].map(keyOf);
const [anna, ben, carl, dora, eve] = keys as [
  (typeof keys)[0],
  (typeof keys)[0],
  (typeof keys)[0],
  (typeof keys)[0],
  (typeof keys)[0],
];
const genesis = testGenesis({
  faucet: 0,
  unbondingRounds: 2,
  accounts: [
    { publicKey: anna.publicKey, name: "anna", liquid: 0, bonded: 200 },
    { publicKey: ben.publicKey, name: "ben", liquid: 0, bonded: 0 },
    { publicKey: carl.publicKey, name: "carl", liquid: 0, bonded: 200 },
    { publicKey: dora.publicKey, name: "dora", liquid: 60, bonded: 0 },
    { publicKey: eve.publicKey, name: "eve", liquid: 900, bonded: 100 },
  ],
});

/** What people do at any time. */
const anyAction: fc.Arbitrary<Action> = (() => {
  const who = fc.nat(keys.length - 1);
  const amount = fc.constantFrom(1, 40, 60, 100, 200);
  return fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("bond" as const, "unbond" as const), who, amount }) },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant("transfer" as const), who, to: who, amount }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("proposeFalsely" as const), who, salt: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("propose" as const), who, bpm: fc.constantFrom(60, 61) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("accuse" as const), who, of: fc.constant("bpm" as const) }) },
    { weight: 1, arbitrary: fc.constantFrom<Action>({ kind: "close" }, { kind: "restart", afterMs: 0 }) },
  );
})();

/**
 * Payments out of stakes that come free, and offences that burn them before they do: stakes are taken back, the round in
 * which they are not free yet is filled, what follows waits for the next one, and some of the stakes' owners are slashed.
 */
const anySession: fc.Arbitrary<{ maxTransactions: number; activationDelay: number; actions: Action[] }> = fc
  .record({
    maxTransactions: fc.constantFrom(3, 6),
    activationDelay: fc.constantFrom(0, 1),
    amount: fc.constantFrom(100, 200),
    before: fc.array(anyAction, { minLength: 4, maxLength: 10, size: "max" }),
    offenders: fc.subarray([0, 2], { minLength: 1 }),
    after: fc.array(anyAction, { minLength: 2, maxLength: 10, size: "max" }),
  })
  .map(({ maxTransactions, activationDelay, amount, before, offenders, after }) => {
    const idle: Action[] = Array.from({ length: maxTransactions }, () => ({
      kind: "transfer",
      who: 4,
      to: 4,
      amount: 1,
    }));
    const unbonds: Action[] = [0, 2].map((who) => ({ kind: "unbond", who, amount }));
    const offences: Action[] = offenders.map((who) => ({ kind: "propose", who, bpm: 72.5 }));
    const actions: Action[] = [...unbonds, { kind: "close" }, ...idle, ...before, ...offences, ...after];
    return { maxTransactions, activationDelay, actions };
  });

describe("what the hub gave a receipt for (SPEC §6, §7 ownTransaction)", () => {
  it("stands in the block of its round or does not hold after it, whatever happens and whenever the hub is killed", () => {
    let [asides, revived] = [0, 0];
    fc.assert(
      fc.property(anySession, ({ maxTransactions, activationDelay, actions }) => {
        const hub = new StoredHub(networkOf({ ...genesis, activationDelay }), HUB_KEY, { maxTransactions });
        const session = new Session(hub, keys);
        const setAside = new Set<string>();
        const perform = (action: Action): void => {
          session.perform(action);
          for (const { aside } of hub.state.batches) for (const { waiting } of aside) setAside.add(waiting.leaf);
        };
        for (const action of actions) perform(action);
        // Until nothing waits: what was promised for far rounds is looked at too.
        for (let rounds = 0; rounds < 50 && hub.state.open !== undefined && hub.state.waiting.size > 0; rounds++) {
          perform({ kind: "close" });
        }
        asides += setAside.size;
        for (const leaf of leavesOf(hub.sealed.flatMap(({ block }) => block.transactions))) {
          if (setAside.has(leaf)) revived += 1;
        }
        expectPromisesKept(hub);
      }),
      { numRuns: 250 },
    );
    // Otherwise nothing was seen here.
    expect({ asides: asides > 40, revived: revived > 3 }).toEqual({ asides: true, revived: true });
  }, 120_000);

  it("waits as though all that waits had been laid anew at each offence, though only what it reaches is", () => {
    let fallen = 0;
    fc.assert(
      fc.property(anySession, ({ maxTransactions, activationDelay, actions }) => {
        const hub = new StoredHub(networkOf({ ...genesis, activationDelay }), HUB_KEY, { maxTransactions });
        const session = new Session(hub, keys);
        for (const action of actions) {
          session.perform(action);
          const { batches, chain } = hub.state;
          const anew = rebase(hub.params, chain, batches[0].round, allWaiting(batches));
          expect(batches.map(plainly)).toEqual(anew.map(plainly));
          fallen += batches.reduce((sum, { aside }) => sum + aside.length, 0);
        }
      }),
      { numRuns: 500 },
    );
    expect(fallen).toBeGreaterThan(100);
  }, 120_000);

  it("is recorded after the others of its round where only they make it valid again, and its author is told where none does", () => {
    const hub = new SimulatedHub({ genesis, params: { maxTransactions: 3 } });
    hub.transact(anna, { type: "unbond", nonce: 1, amount: 100 });
    hub.close();
    for (let nonce = 1; nonce <= 3; nonce++) {
      hub.transact(eve, { type: "transfer", nonce, to: addressOf(eve.publicKey), amount: 1 });
    }
    hub.transact(anna, { type: "transfer", nonce: 2, to: addressOf(ben.publicKey), amount: 100 });
    hub.transact(ben, { type: "transfer", nonce: 1, to: addressOf(eve.publicKey), amount: 50 });
    hub.transact(dora, { type: "transfer", nonce: 1, to: addressOf(ben.publicKey), amount: 60 });
    const [fromAnna, fromBen, fromDora] = hub.heldTransactions.slice(-3).map(({ receipt }) => receipt);
    expect([fromAnna?.round, fromBen?.round, fromDora?.round]).toEqual([3, 3, 3]);
    hub.propose(anna, 72.5);
    expect(hub.state.batches.map(({ aside }) => aside.map(({ fault }) => fault.code))).toEqual([
      [],
      ["INSUFFICIENT_FUNDS", "INSUFFICIENT_FUNDS"],
    ]);
    // The same again gets the same receipt, also where it stands aside.
    const again = hub.heldTransactions.find(({ receipt }) => receipt === fromBen)?.transaction;
    if (again === undefined) throw new Error("ben has no receipt");
    hub.hand(again);
    expect(hub.heldTransactions.at(-1)?.receipt).toEqual(fromBen);
    hub.close();
    hub.nowMs += hub.params.roundMs;
    const told = hub.input({ kind: "tick" }).flatMap((effect) => {
      return effect.kind === "broadcast" && effect.broadcast.kind === "dropped" ? [effect.broadcast.leaf] : [];
    });
    expect(told).toEqual([fromAnna?.tx]);
    expect(leavesOf(hub.rounds[2]?.block.transactions ?? [])).toEqual([fromDora?.tx, fromBen?.tx]);
  });

  it("is recorded whatever the order in which it came back from clients (DESIGN §9)", () => {
    const hub = new SimulatedHub({ genesis });
    hub.transact(dora, { type: "transfer", nonce: 1, to: addressOf(ben.publicKey), amount: 60 });
    hub.transact(ben, { type: "transfer", nonce: 1, to: addressOf(anna.publicKey), amount: 60 });
    hub.transact(anna, { type: "bond", nonce: 1, amount: 60 });
    const { chain, open, batches } = hub.state;
    const waiting = allWaiting(batches).toReversed();
    const resumed = { chain, lastRound: 0, opening: open?.opening ?? null, proposals: [], waiting };
    const { state } = startRounds(hub.params, resumed, hub.nowMs);
    expect(state.batches[0].aside).toHaveLength(2);
    const closed = applyInput(hub.params, state, { kind: "tick" }, hub.nowMs + hub.params.roundMs);
    expect(closed.state.chain.tip.index).toBe(1);
    const blocks = closed.effects.flatMap((effect) =>
      effect.kind === "persist" && effect.record.kind === "block" ? [effect.record.block] : [],
    );
    expect(leavesOf(blocks[0]?.transactions ?? [])).toEqual(waiting.map(({ leaf }) => leaf).toReversed());
  });
});

/** All of a batch but the order in which its ledger came about. */
function plainly({ round, ledger, waiting, aside }: Batch) {
  const { totals, bondedAccounts, minted, burned } = ledger;
  return { round, waiting, aside, accounts: accountsOf(ledger), totals, bondedAccounts, minted, burned };
}

function leavesOf(transactions: Block["transactions"]): string[] {
  return transactions.map((transaction) => toHex(leafHash(transaction)));
}

/** Looked at twice: by the rule itself, and by what it means, with the ledger after each block's transactions worked out here. */
function expectPromisesKept({ network, sealed, given }: StoredHub): void {
  const seeds = new Map<string, string>();
  const seedAfter = (hash: string): string | undefined => seeds.get(hash);
  let state = genesisState(network);
  for (const { block, proposals } of sealed) {
    const { round } = block;
    let ledger = processDueEntries(state.ledger, round);
    for (const transaction of block.transactions) {
      const applied = applyTransaction({ network, round, seedAfter, trusted: true }, ledger, transaction);
      if (!applied.ok) expect.fail(`block ${block.index} has an invalid transaction: ${applied.error.code}`);
      ledger = applied.value;
    }
    const recorded = new Set(leavesOf(block.transactions));
    const missing = given.transactions.filter(({ receipt }) => receipt.round === round && !recorded.has(receipt.tx));
    for (const { transaction } of missing) {
      expect(applyTransaction({ network, round, seedAfter, trusted: true }, ledger, transaction).ok).toBe(false);
    }
    const held = { ...NOTHING_HELD, transactions: given.transactions, openings: given.openings };
    const verified = verifyBlock({ network, state, block, depth: "full", proposals, held, seedAfter });
    if (!verified.ok) expect.fail(`block ${block.index}: ${JSON.stringify(verified.error)}`);
    state = verified.value;
    seeds.set(state.tip.hash, state.tip.seed);
  }
}
