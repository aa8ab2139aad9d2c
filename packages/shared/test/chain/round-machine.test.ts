import { describe, expect, it } from "vitest";
import { type ChainState, genesisState } from "../../src/chain/chain-state.ts";
import { workingLedger } from "../../src/chain/round/round-state.ts";
import { verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { accountsOf, getAccount } from "../../src/ledger/ledger.ts";
import { keyOf, SimulatedHub } from "../support/simulated-hub.ts";

const [anna, ben] = [keyOf(2), keyOf(3)];

/** What a replica makes of the hub's chain: every block checked in full. */
function replay({ network, rounds }: SimulatedHub): ChainState {
  let state = genesisState(network);
  for (const { block, proposals } of rounds) {
    const verified = verifyBlock({ network, state, block, depth: "full", proposals, seedAfter: () => undefined });
    if (!verified.ok) throw new Error(`block ${verified.error.index}: ${JSON.stringify(verified.error)}`);
    state = verified.value;
  }
  return state;
}

describe("the round machine (SPEC §6, DESIGN §7)", () => {
  it("is idle until the first bond, then draws a round and records its block", () => {
    const hub = new SimulatedHub();
    expect(hub.transact(anna, { type: "join", name: "anna", grant: 1000 })).toBe("receipted");
    expect(hub.state.open).toBeUndefined();
    expect(hub.transact(anna, { type: "bond", nonce: 1, amount: 100 })).toBe("receipted");
    expect(hub.state.open?.opening.round).toBe(1);
    hub.join(ben, "ben", 300);
    expect(hub.propose(anna, 72)).toBe("accepted");
    expect(hub.propose(ben, 80)).toBe("accepted");
    hub.close();
    expect(hub.rounds[0]?.block).toMatchObject({ index: 1, round: 1, proposalCount: 2, transactionCount: 4 });
    expect(hub.state.open?.opening.round).toBe(2);
    const state = replay(hub);
    expect(accountsOf(state.ledger)).toEqual(accountsOf(hub.state.chain.ledger));
    expect(state.ledger.minted).toBe(2010);
  });

  it("answers the same proposal with the same receipt, and slashes a different one and a polluted bpm", () => {
    const hub = new SimulatedHub();
    hub.join(anna, "anna", 100);
    hub.join(ben, "ben", 100);
    expect(hub.propose(anna, 72)).toBe("accepted");
    expect(hub.propose(anna, 72)).toBe("accepted");
    expect(hub.heldProposals[1]?.receipt).toEqual(hub.heldProposals[0]?.receipt);
    expect(hub.propose(anna, 73)).toBe("EQUIVOCATION");
    expect(hub.propose(ben, 72.5)).toBe("POLLUTED_BPM");
    hub.close();
    const state = replay(hub);
    expect(state.ledger.burned).toBe(200);
    expect(hub.rounds[0]?.block.proposal).toBeNull();
    expect(hub.state.open).toBeUndefined();
  });

  it("lets one account take a part of the queue, so that others find room in it", () => {
    const hub = new SimulatedHub({ params: { maxWaiting: 200 } });
    hub.join(anna, "anna", 100);
    const bond = (nonce: number) => hub.transact(anna, { type: "bond", nonce, amount: 1 });
    // Her join and first bond are two of the 64.
    for (let nonce = 2; nonce < 64; nonce++) expect(bond(nonce)).toBe("receipted");
    expect(bond(64)).toBe("QUEUE_FULL");
    hub.join(ben, "ben", 100);
    expect(getAccount(workingLedger(hub.state), ben.publicKey)?.bonded).toBe(100);
    hub.propose(ben, 72);
    hub.close();
    expect(bond(64)).toBe("receipted");
  });

  it("lays waiting transactions of many rounds on each new block, each in its own round", () => {
    const hub = new SimulatedHub({ params: { maxTransactions: 2 } });
    hub.join(anna, "anna", 100);
    for (let nonce = 2; nonce < 8; nonce++) hub.transact(anna, { type: "bond", nonce, amount: 1 });
    expect(hub.state.batches.map(({ round, waiting }) => [round, waiting.length])).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
    hub.propose(anna, 72);
    hub.close();
    expect(hub.state.batches.map(({ round, waiting }) => [round, waiting.length])).toEqual([
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
    expect(hub.state.batches.map(({ ledger }) => getAccount(ledger, anna.publicKey)?.bonded)).toEqual([102, 104, 106]);
    for (let round = 2; round <= 4; round++) hub.close();
    expect(getAccount(replay(hub).ledger, anna.publicKey)?.bonded).toBe(106);
  });
});
