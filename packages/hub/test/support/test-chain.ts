import { genesisState } from "pos-shared/chain/chain-state.ts";
import { type Network, networkOf } from "pos-shared/chain/network.ts";
import type { Answer, PersistRecord } from "pos-shared/chain/round/effects.ts";
import { applyInput, nextWakeMs, type RoundInput, startRounds } from "pos-shared/chain/round/round-machine.ts";
import type { RoundParams, RoundState } from "pos-shared/chain/round/round-state.ts";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { getAccount } from "pos-shared/ledger/ledger.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type { Claim } from "pos-shared/model/proposal.ts";

export function keyOf(byte: number): SecretKey {
  return secretKeyFromSeed(new Uint8Array(32).fill(byte));
}

const HUB_KEY = keyOf(1);

export function testGenesis(changes: Partial<Genesis> = {}): Genesis {
  return {
    version: 1,
    network: "test",
    rule: "stake-lottery",
    createdAt: "2026-01-01T00:00:00.000Z",
    roundMs: 30_000,
    faucet: 1000,
    blockReward: 10,
    unbondingRounds: 2,
    activationDelay: 0,
    bpmMin: 30,
    bpmMax: 220,
    params: {},
    hub: HUB_KEY.publicKey,
    accounts: [],
    ...changes,
  };
}

/**
 * Runs the real round machine by hand and hands its records to `commit`, as the hub does: those of one input together.
 * Time is the test's: a round closes when it is told to.
 */
export class TestChain {
  readonly network: Network;
  readonly params: RoundParams;
  readonly #commit: (records: readonly PersistRecord[]) => void;
  #state: RoundState;
  #nowMs: number;

  constructor(
    genesis: Genesis,
    commit: (records: readonly PersistRecord[]) => void,
    hubKey = HUB_KEY,
    limits: Partial<Pick<RoundParams, "maxTransactions" | "maxWaiting">> = {},
  ) {
    this.network = networkOf(genesis);
    const seeds = new Map<Hex, Hex>();
    this.params = {
      network: this.network,
      hubKey,
      roundMs: genesis.roundMs,
      maxTransactions: 2_000,
      maxWaiting: 100_000,
      maxAccounts: 100_000,
      seedAfter: (hash) => seeds.get(hash),
      ...limits,
    };
    this.#commit = (records) => {
      commit(records);
      for (const record of records) if (record.kind === "block") seeds.set(record.block.hash, record.nextSeed);
    };
    this.#nowMs = Date.parse(genesis.createdAt);
    const fresh = { chain: genesisState(this.network), lastRound: 0, opening: null, proposals: [], waiting: [] };
    this.#state = startRounds(this.params, fresh, this.#nowMs).state;
  }

  get state(): RoundState {
    return this.#state;
  }

  /** Joins and bonds. */
  join(key: SecretKey, name: string, bonded: number): void {
    this.transact(key, { type: "join", name, grant: 1000 });
    this.transact(key, { type: "bond", nonce: 1, amount: bonded });
  }

  transact(key: SecretKey, fields: object): void {
    const unsigned = { ...fields, publicKey: key.publicKey };
    const signature = sign(key, "tx", this.network.chainId, unsigned);
    this.handIn({ ...unsigned, signature });
  }

  /** Hands in a transaction as it is. */
  handIn(transaction: object): void {
    this.#expectTaken({ kind: "transaction", transaction });
  }

  propose(key: SecretKey, bpm: number): void {
    this.#expectTaken({ kind: "proposal", proposal: this.proposalOf(key, bpm) });
  }

  /** Signs a second, different proposal for the open round, for which its author is slashed. */
  equivocate(key: SecretKey, bpm: number): void {
    this.offend(this.proposalOf(key, bpm));
  }

  /** Hands in a proposal that is refused, and for which its author is slashed. */
  offend(proposal: object): void {
    const answer = this.#apply({ kind: "proposal", proposal });
    if (answer?.kind !== "refused") throw new Error("no offence");
  }

  /** A proposal for the open round, signed. */
  proposalOf(key: SecretKey, bpm: number): object {
    const { round, prevHash } = this.#state.open?.opening ?? { round: 1, prevHash: this.network.chainId };
    return this.signProposal(key, { round, prevHash, bpm }, this.claimOf(key, round));
  }

  /** What a key rolls for a round on the present tip. */
  claimOf(key: SecretKey, round: number): Claim {
    return this.network.rule.makeClaim(this.network.chainId, key, round, this.#state.chain.tip.seed);
  }

  signProposal(key: SecretKey, fields: { round: number; prevHash: Hex; bpm: number }, claim: Claim): object {
    const unsigned = { ...fields, publicKey: key.publicKey, claim };
    return { ...unsigned, signature: sign(key, "proposal", this.network.chainId, unsigned) };
  }

  /** Ends the open round. */
  close(): void {
    this.#nowMs = nextWakeMs(this.#state) ?? this.#nowMs;
    this.#apply({ kind: "tick" });
  }

  /** So many rounds, in each of which all of `keys` that are bonded propose. */
  run(rounds: number, keys: readonly SecretKey[]): void {
    for (let round = 0; round < rounds; round++) {
      for (const [i, key] of keys.entries()) {
        const account = getAccount(this.#state.batches[0].ledger, key.publicKey);
        if (account !== undefined && account.bonded > 0) this.propose(key, 60 + i);
      }
      this.close();
    }
  }

  #expectTaken(input: RoundInput): void {
    const answer = this.#apply(input);
    if (answer?.kind === "refused") throw new Error(`refused: ${JSON.stringify(answer.fault)}`);
  }

  #apply(input: RoundInput): Answer | undefined {
    const step = applyInput(this.params, this.#state, input, this.#nowMs);
    this.#state = step.state;
    const records = step.effects.flatMap((effect) => (effect.kind === "persist" ? [effect.record] : []));
    if (records.length > 0) this.#commit(records);
    return step.effects.flatMap((effect) => (effect.kind === "answer" ? [effect.answer] : []))[0];
  }
}
