import { describe, expect, it } from "vitest";
import { type ChainState, genesisState } from "../../src/chain/chain-state.ts";
import { networkOf } from "../../src/chain/network.ts";
import { applyInput, nextWakeMs, startRounds } from "../../src/chain/round/round-machine.ts";
import type { RoundParams, Step } from "../../src/chain/round/round-state.ts";
import { verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { type SecretKey, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import type { Block } from "../../src/model/block.ts";
import type { Genesis } from "../../src/model/genesis.ts";
import type { Proposal } from "../../src/model/proposal.ts";

const keyOf = (byte: number): SecretKey => secretKeyFromSeed(new Uint8Array(32).fill(byte));
const hubKey = keyOf(1);
const genesis: Genesis = {
  version: 1,
  network: "test",
  rule: "stake-lottery",
  createdAt: "2026-01-01T00:00:00.000Z",
  roundMs: 1000,
  faucet: 1000,
  blockReward: 10,
  unbondingRounds: 2,
  activationDelay: 0,
  bpmMin: 30,
  bpmMax: 220,
  params: {},
  hub: hubKey.publicKey,
  accounts: [],
};
const network = networkOf(genesis);
const params: RoundParams = {
  network,
  hubKey,
  roundMs: 1000,
  maxTransactions: 2000,
  maxWaiting: 100_000,
  maxAccounts: 100_000,
  seedAfter: () => undefined,
};
const START_MS = Date.parse(genesis.createdAt);

class Hub {
  step: Step;
  nowMs = START_MS;
  readonly blocks: { block: Block; proposals: Proposal[] }[] = [];
  #proposals: Proposal[] = [];

  constructor() {
    this.step = startRounds(
      params,
      { chain: genesisState(network), lastRound: 0, opening: null, proposals: [], waiting: [] },
      START_MS,
    );
  }

  input(input: Parameters<typeof applyInput>[2]): Step["effects"] {
    this.step = applyInput(params, this.step.state, input, this.nowMs);
    for (const effect of this.step.effects) {
      if (effect.kind !== "persist") continue;
      if (effect.record.kind === "proposal" && effect.record.receipt !== null)
        this.#proposals.push(effect.record.proposal as Proposal);
      if (effect.record.kind === "block") {
        this.blocks.push({ block: effect.record.block, proposals: this.#proposals });
        this.#proposals = [];
      }
    }
    return this.step.effects;
  }

  transact(key: SecretKey, fields: Record<string, unknown>): string {
    const unsigned = { ...fields, publicKey: key.publicKey };
    return answerOf(
      this.input({
        kind: "transaction",
        transaction: { ...unsigned, signature: sign(key, "tx", network.chainId, unsigned) },
      }),
    );
  }

  propose(key: SecretKey, bpm: unknown): string {
    const { open, chain } = this.step.state;
    const round = open?.opening.round ?? 0;
    const unsigned = {
      round,
      prevHash: chain.tip.hash,
      bpm,
      publicKey: key.publicKey,
      claim: network.rule.makeClaim(network.chainId, key, round, chain.tip.seed),
    };
    return answerOf(
      this.input({
        kind: "proposal",
        proposal: { ...unsigned, signature: sign(key, "proposal", network.chainId, unsigned) },
      }),
    );
  }

  close(): void {
    this.nowMs = nextWakeMs(this.step.state) ?? this.nowMs;
    this.input({ kind: "tick" });
  }
}

function answerOf(effects: Step["effects"]): string {
  for (const effect of effects) {
    if (effect.kind === "answer")
      return effect.answer.kind === "refused" ? effect.answer.fault.code : effect.answer.kind;
  }
  return "none";
}

function replay(hub: Hub): ChainState {
  let state = genesisState(network);
  for (const { block, proposals } of hub.blocks) {
    const verified = verifyBlock({ network, state, block, depth: "full", proposals, seedAfter: () => undefined });
    expect(verified).toMatchObject({ ok: true });
    if (verified.ok) state = verified.value;
  }
  return state;
}

describe("the round machine (DESIGN §7, SPEC §6)", () => {
  const [anna, ben] = [keyOf(2), keyOf(3)];

  it("is idle until the first bond, then draws a round and records its block", () => {
    const hub = new Hub();
    expect(hub.step.state.open).toBeUndefined();
    expect(hub.transact(anna, { type: "join", name: "anna", grant: 1000 })).toBe("receipted");
    expect(hub.step.state.open).toBeUndefined();
    expect(hub.transact(anna, { type: "bond", nonce: 1, amount: 100 })).toBe("receipted");
    expect(hub.step.state.open?.opening.round).toBe(1);
    expect(hub.transact(ben, { type: "join", name: "ben", grant: 1000 })).toBe("receipted");
    expect(hub.transact(ben, { type: "bond", nonce: 1, amount: 300 })).toBe("receipted");
    expect(hub.propose(anna, 72)).toBe("accepted");
    expect(hub.propose(ben, 80)).toBe("accepted");
    hub.close();
    expect(hub.blocks).toHaveLength(1);
    expect(hub.blocks[0]?.block.proposalCount).toBe(2);
    expect(hub.step.state.open?.opening.round).toBe(2);
    expect(replay(hub).ledger.minted).toBe(2010);
  });

  it("slashes a polluted bpm and an equivocation, and the replica agrees", () => {
    const hub = new Hub();
    for (const [key, name] of [
      [anna, "anna"],
      [ben, "ben"],
    ] as const) {
      hub.transact(key, { type: "join", name, grant: 1000 });
      hub.transact(key, { type: "bond", nonce: 1, amount: 100 });
    }
    expect(hub.propose(anna, 72)).toBe("accepted");
    expect(hub.propose(anna, 72)).toBe("accepted");
    expect(hub.propose(anna, 73)).toBe("EQUIVOCATION");
    expect(hub.propose(ben, 72.5)).toBe("POLLUTED_BPM");
    hub.close();
    const state = replay(hub);
    expect(state.ledger.burned).toBe(200);
    expect(hub.blocks[0]?.block.proposal).toBeNull();
    expect(hub.step.state.open).toBeUndefined();
  });
});
