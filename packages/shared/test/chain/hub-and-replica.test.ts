import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type ChainState, genesisState } from "../../src/chain/chain-state.ts";
import { type Network, networkOf } from "../../src/chain/network.ts";
import { workingLedger } from "../../src/chain/round/round-state.ts";
import { verifyBlock, verifyHeld } from "../../src/chain/verify/verify-block.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { accountsOf, isActive, type Ledger, ledgerRoot } from "../../src/ledger/ledger.ts";
import type { Genesis } from "../../src/model/genesis.ts";
import type { Held, Tip } from "../../src/rules/check.ts";
import { type Action, anyAction, Session } from "../support/random-session.ts";
import { StoredHub } from "../support/stored-hub.ts";

vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const ROUND_MS = 1000;
const keyOf = (byte: number) => secretKeyFromSeed(new Uint8Array(32).fill(byte));
const hubKey = keyOf(1);
const keys = [2, 3, 4, 5].map(keyOf);

const base: Genesis = {
  version: 1,
  network: "random",
  rule: "stake-lottery",
  createdAt: "2026-01-01T00:00:00.000Z",
  roundMs: ROUND_MS,
  faucet: 1000,
  blockReward: 10,
  unbondingRounds: 2,
  activationDelay: 0,
  bpmMin: 30,
  bpmMax: 220,
  params: {},
  hub: hubKey.publicKey,
  accounts: keys.slice(0, 3).map(({ publicKey }, i) => ({ publicKey, name: `v${i}`, liquid: 500, bonded: 100 * i })),
};
const networks: readonly Network[] = [
  base,
  { ...base, accounts: [] },
  { ...base, faucet: "unlimited" as const, activationDelay: 1, unbondingRounds: 0, blockReward: 0 },
].map(networkOf);

/** Sessions that once went wrong, tried first. */
const ONCE_WRONG: readonly { network: number; maxTransactions: number; actions: Action[] }[] = [
  {
    // The first bond was receipted for a round after the coming one, which was full: no round ever opened.
    network: 1,
    maxTransactions: 1,
    actions: [
      { kind: "join", who: 2 },
      { kind: "bond", who: 2, amount: 1 },
    ],
  },
  {
    // The lowest left while the round was open, and after a restart the next one's false claim was never looked at.
    network: 0,
    maxTransactions: 1,
    actions: [
      { kind: "propose", who: 1, bpm: 60 },
      { kind: "propose", who: 1, bpm: 72.5 },
      { kind: "proposeFalsely", who: 2, salt: 0 },
      { kind: "restart", afterMs: 0 },
    ],
  },
];

test("whatever happens at a hub, and whenever it is killed, a replica comes to the same state and finds nothing wrong (SPEC §6, §7)", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...networks.keys()),
      fc.constantFrom(1, 2, 2000),
      fc.array(anyAction(keys.length, ROUND_MS), { minLength: 5, maxLength: 20, size: "max" }),
      (networkAt, maxTransactions, actions) => {
        const network = networks[networkAt] ?? networkOf(base);
        const hub = new StoredHub(network, hubKey, { maxTransactions });
        const session = new Session(hub, keys);
        for (const action of actions) {
          session.perform(action);
          expectConserved(hub.state.chain.ledger);
          expectConserved(workingLedger(hub.state));
          // A bond opens a round, and rounds run until what is on its way has arrived (SPEC §6).
          if (isActive(workingLedger(hub.state))) expect(hub.state.open).toBeDefined();
        }
        hub.closeRound();
        const replica = replay(hub);
        expect(replica.tip).toEqual(hub.state.chain.tip);
        expect(accountsOf(replica.ledger)).toEqual(accountsOf(hub.state.chain.ledger));
        expect(ledgerRoot(replica.ledger)).toBe(ledgerRoot(hub.state.chain.ledger));
        expect(totalsOf(replica.ledger)).toEqual(totalsOf(hub.state.chain.ledger));
      },
    ),
    {
      numRuns: 1000,
      examples: ONCE_WRONG.map(({ network, maxTransactions, actions }) => [network, maxTransactions, actions]),
    },
  );
});

/** Verifies every block in full, with all that the hub ever signed at hand. */
function replay(hub: StoredHub): ChainState {
  const { network } = hub;
  const seeds = new Map<string, string>();
  const seedAfter = (hash: string): string | undefined => seeds.get(hash);
  let state = genesisState(network);
  for (const { block, proposals } of hub.sealed) {
    const held = heldFor(hub.given, state.tip);
    const verified = verifyBlock({ network, state, block, depth: "full", proposals, held, seedAfter });
    if (!verified.ok) expect.fail(`block ${block.index}: ${JSON.stringify(verified.error)}`);
    state = verified.value;
    seeds.set(state.tip.hash, state.tip.seed);
  }
  const held = heldFor(hub.given, state.tip);
  expect(verifyHeld({ network, state, held, seedAfter })).toBeUndefined();
  return state;
}

/**
 * All openings, and the receipts from the tip's round on: earlier ones cost time, and say nothing that they did not say
 * before.
 */
function heldFor({ proposals, transactions, openings }: Held, tip: Tip): Held {
  const isRecent = ({ receipt }: { readonly receipt: { readonly round: number } }): boolean =>
    receipt.round >= tip.round;
  return { proposals: proposals.filter(isRecent), transactions: transactions.filter(isRecent), openings };
}

function expectConserved(ledger: Ledger): void {
  const { liquid, bonded, activating, unbonding } = ledger.totals;
  expect(liquid + bonded + activating + unbonding + ledger.burned).toBe(ledger.minted);
}

function totalsOf({ totals, minted, burned, bondedAccounts }: Ledger) {
  return { totals, minted, burned, bondedAccounts };
}
