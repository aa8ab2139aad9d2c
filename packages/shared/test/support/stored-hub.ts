/**
 * A hub without a network: the round machine, a store in memory that holds exactly what the machine asked to persist,
 * and a clock in its hands. It can be killed and started again at any moment.
 */
import { type ChainState, genesisState } from "../../src/chain/chain-state.ts";
import type { Network } from "../../src/chain/network.ts";
import type { Answer, PersistRecord } from "../../src/chain/round/effects.ts";
import { applyInput, nextWakeMs, type RoundInput, startRounds } from "../../src/chain/round/round-machine.ts";
import type { RoundParams, RoundState, Step, Waiting } from "../../src/chain/round/round-state.ts";
import type { SecretKey } from "../../src/crypto/keys.ts";
import { restoreLedger } from "../../src/ledger/ledger.ts";
import type { Account } from "../../src/model/account.ts";
import type { Block } from "../../src/model/block.ts";
import type { Opening } from "../../src/model/opening.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "../../src/model/receipt.ts";
import { millisecondsOf } from "../../src/model/timestamp.ts";

export interface SealedRound {
  readonly block: Block;
  readonly proposals: readonly Proposal[];
}

export class StoredHub {
  readonly network: Network;
  readonly params: RoundParams;
  /** Everything that the hub ever gave its signature for, as those keep it who got it. */
  readonly given: { proposals: ReceiptedProposal[]; transactions: ReceiptedTransaction[]; openings: Opening[] } = {
    proposals: [],
    transactions: [],
    openings: [],
  };
  readonly sealed: SealedRound[] = [];
  nowMs: number;
  state: RoundState;
  /** What would be on disk. */
  #opening: Opening | null = null;
  #lastRound = 0;
  #proposals: ReceiptedProposal[] = [];
  #waiting: Waiting[] = [];
  #chain: ChainState;
  readonly #accounts: Account[] = [];
  readonly #seeds = new Map<string, string>();

  constructor(network: Network, hubKey: SecretKey, limits: { readonly maxTransactions: number }) {
    this.network = network;
    this.params = {
      network,
      hubKey,
      roundMs: network.genesis.roundMs,
      maxWaiting: 1000,
      maxAccounts: 1000,
      ...limits,
      seedAfter: (hash) => this.#seeds.get(hash),
    };
    this.nowMs = millisecondsOf(network.genesis.createdAt);
    this.#chain = genesisState(network);
    this.state = this.#start();
  }

  /** Hands something in, or lets the time be looked at; the answer, where there is one. */
  input(input: RoundInput): Answer | undefined {
    return this.#perform(applyInput(this.params, this.state, input, this.nowMs));
  }

  /** Lets the open round come to its end; an idle hub stays as it is. */
  closeRound(): void {
    this.nowMs = nextWakeMs(this.state) ?? this.nowMs;
    this.input({ kind: "tick" });
  }

  /** Killed, and started on its data after a while. */
  restart(afterMs: number): void {
    this.nowMs += afterMs;
    this.state = this.#start();
  }

  #start(): RoundState {
    const waiting = [...this.#waiting].sort((a, b) => a.round - b.round);
    const resumed = {
      chain: this.#chain,
      lastRound: this.#lastRound,
      opening: this.#opening,
      proposals: this.#proposals,
      waiting,
    };
    this.#perform(startRounds(this.params, resumed, this.nowMs));
    return this.state;
  }

  #perform({ state, effects }: Step): Answer | undefined {
    this.state = state;
    for (const effect of effects) if (effect.kind === "persist") this.#persist(effect.record);
    return effects.find((effect) => effect.kind === "answer")?.answer;
  }

  #persist(record: PersistRecord): void {
    switch (record.kind) {
      case "opening":
        this.#opening = record.opening;
        this.given.openings.push(record.opening);
        break;
      case "proposal":
        if (record.receipt !== null) this.#persistProposal(JSON.parse(record.text) as Proposal, record.receipt);
        break;
      case "transaction":
        this.#waiting = [...this.#waiting.filter(({ leaf }) => leaf !== record.leaf), record];
        this.given.transactions.push(record);
        break;
      case "block":
        this.#persistBlock(record);
        break;
      case "roundEnded":
        this.#endRound(record.round);
        break;
    }
  }

  #persistProposal(proposal: Proposal, receipt: ReceiptedProposal["receipt"]): void {
    const receipted = { proposal, receipt };
    this.#proposals = [...this.#proposals, receipted];
    this.given.proposals.push(receipted);
  }

  #persistBlock({ block, nextSeed, accounts, minted, burned }: Extract<PersistRecord, { kind: "block" }>): void {
    this.sealed.push({ block, proposals: this.#proposals.map(({ proposal }) => proposal) });
    for (const { position, account } of accounts) this.#accounts[position] = account;
    this.#seeds.set(block.hash, nextSeed);
    const { index, hash, round, timestamp } = block;
    this.#chain = {
      tip: { index, hash, round, timestamp, seed: nextSeed },
      ledger: restoreLedger(this.#accounts, minted, burned),
    };
    this.#endRound(round);
  }

  #endRound(round: number): void {
    this.#waiting = this.#waiting.filter((item) => item.round > round);
    this.#lastRound = round;
    this.#opening = null;
    this.#proposals = [];
  }
}
