/**
 * A hub without shell: the real round machine, a clock that the test moves, and validators that keep what they were
 * given. Nothing is faked but time.
 */
import { genesisState } from "../../src/chain/chain-state.ts";
import { type Network, networkOf } from "../../src/chain/network.ts";
import type { Answer, PersistRecord } from "../../src/chain/round/effects.ts";
import { honestMachine, type RoundMachine } from "../../src/chain/round/machine.ts";
import { type RoundInput, startRounds } from "../../src/chain/round/round-machine.ts";
import type { RoundParams, RoundState, Step } from "../../src/chain/round/round-state.ts";
import { workingLedger } from "../../src/chain/round/round-state.ts";
import { type SecretKey, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { getAccount } from "../../src/ledger/ledger.ts";
import type { Block } from "../../src/model/block.ts";
import type { Genesis } from "../../src/model/genesis.ts";
import type { Opening } from "../../src/model/opening.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "../../src/model/receipt.ts";
import type { Transaction } from "../../src/model/transaction.ts";

/** A key out of one byte, as the worked chains have them. */
export function keyOf(byte: number): SecretKey {
  return secretKeyFromSeed(new Uint8Array(32).fill(byte));
}

export const HUB_KEY = keyOf(1);

export function testGenesis(changes: Partial<Genesis> = {}): Genesis {
  return {
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
    hub: HUB_KEY.publicKey,
    accounts: [],
    ...changes,
  };
}

/** A sealed block with all that was accepted for its round. */
export interface SealedRound {
  readonly block: Block;
  readonly proposals: readonly Proposal[];
}

export interface SimulationOptions {
  readonly genesis?: Genesis;
  readonly machine?: RoundMachine;
  readonly params?: Partial<RoundParams>;
}

/** The sentence of an answer: what was given, or the code of the refusal. */
export type Reply = "accepted" | "receipted" | "nothing" | (string & {});

export class SimulatedHub {
  readonly network: Network;
  readonly params: RoundParams;
  readonly rounds: SealedRound[] = [];
  readonly openings: Opening[] = [];
  readonly records: PersistRecord[] = [];
  readonly heldProposals: ReceiptedProposal[] = [];
  readonly heldTransactions: ReceiptedTransaction[] = [];
  nowMs: number;
  #state: RoundState;
  #proposals: Proposal[] = [];
  readonly #machine: RoundMachine;

  constructor({ genesis = testGenesis(), machine = honestMachine, params = {} }: SimulationOptions = {}) {
    this.network = networkOf(genesis);
    this.#machine = machine;
    this.params = {
      network: this.network,
      hubKey: HUB_KEY,
      roundMs: genesis.roundMs,
      maxTransactions: 2_000,
      maxWaiting: 100_000,
      maxAccounts: 100_000,
      seedAfter: (hash) => this.#seedAfter(hash),
      ...params,
    };
    this.nowMs = Date.parse(genesis.createdAt);
    const chain = genesisState(this.network);
    const step = startRounds(
      this.params,
      { chain, lastRound: 0, opening: null, proposals: [], waiting: [] },
      this.nowMs,
    );
    this.#state = step.state;
    this.#keep(step);
  }

  get state(): RoundState {
    return this.#state;
  }

  input(input: RoundInput): Step["effects"] {
    const step = this.#machine.apply(this.params, this.#state, input, this.nowMs);
    this.#state = step.state;
    this.#keep(step);
    return step.effects;
  }

  /** Signs a transaction and hands it in. */
  transact(key: SecretKey, fields: Record<string, unknown>): Reply {
    const unsigned = { ...fields, publicKey: key.publicKey };
    const transaction = { ...unsigned, signature: sign(key, "tx", this.network.chainId, unsigned) };
    return this.hand(transaction as unknown as Transaction);
  }

  /** Hands a transaction in as it is. */
  hand(transaction: Transaction): Reply {
    const answer = answerOf(this.input({ kind: "transaction", transaction }));
    if (answer?.kind === "receipted") this.heldTransactions.push({ transaction, receipt: answer.receipt });
    return replyOf(answer);
  }

  /** Joins with the faucet's grant and bonds. */
  join(key: SecretKey, name: string, stake: number): void {
    const { faucet } = this.network.genesis;
    this.transact(key, { type: "join", name, grant: faucet === "unlimited" ? stake : faucet });
    this.transact(key, { type: "bond", nonce: 1, amount: stake });
  }

  /** A key's next nonce. */
  nonceOf(key: SecretKey): number {
    return getAccount(workingLedger(this.#state), key.publicKey)?.nonce ?? 1;
  }

  /** Signs a proposal for the open round, with whatever fields are given instead. */
  proposalOf(key: SecretKey, bpm: unknown, changes: Record<string, unknown> = {}): Proposal {
    const { open, chain } = this.#state;
    const round = open?.opening.round ?? chain.tip.round + 1;
    const { chainId, rule } = this.network;
    const claim = rule.makeClaim(chainId, key, round, chain.tip.seed);
    const unsigned = { round, prevHash: chain.tip.hash, bpm, publicKey: key.publicKey, claim, ...changes };
    return { ...unsigned, signature: sign(key, "proposal", chainId, unsigned) } as unknown as Proposal;
  }

  propose(key: SecretKey, bpm: unknown, changes: Record<string, unknown> = {}): Reply {
    const proposal = this.proposalOf(key, bpm, changes);
    const answer = answerOf(this.input({ kind: "proposal", proposal }));
    if (answer?.kind === "accepted") this.heldProposals.push({ proposal, receipt: answer.receipt });
    return replyOf(answer);
  }

  /** Moves the clock to the open round's close. */
  close(): void {
    this.nowMs = this.#machine.nextWakeMs(this.#state) ?? this.nowMs;
    this.input({ kind: "tick" });
  }

  #keep({ effects }: Step): void {
    for (const effect of effects) {
      if (effect.kind === "persist") this.#keepRecord(effect.record);
    }
  }

  #keepRecord(record: PersistRecord): void {
    this.records.push(record);
    if (record.kind === "opening") {
      this.openings.push(record.opening);
      this.#proposals = [];
    }
    if (record.kind === "proposal" && record.receipt !== null)
      this.#proposals.push(JSON.parse(record.text) as Proposal);
    if (record.kind === "block") this.rounds.push({ block: record.block, proposals: this.#proposals });
  }

  #seedAfter(hash: string): string | undefined {
    const found = this.rounds.find(({ block }) => block.hash === hash);
    return found === undefined ? undefined : this.network.rule.nextSeed(this.network.chainId, found.block);
  }
}

function answerOf(effects: Step["effects"]): Answer | undefined {
  return effects.find((effect) => effect.kind === "answer")?.answer;
}

function replyOf(answer: Answer | undefined): Reply {
  if (answer === undefined) return "nothing";
  return answer.kind === "refused" ? answer.fault.code : answer.kind;
}
