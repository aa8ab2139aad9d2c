import { addressOf } from "pos-shared/crypto/keys.ts";
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { getAccountByName, type Ledger } from "pos-shared/ledger/ledger.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { EvidenceKind } from "pos-shared/model/evidence.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { BpmPlan } from "../config/client-config.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import type { HeldIdentity } from "../identity/held-identity.ts";
import type { Me, Outcome } from "../session/session.ts";
import { AutoProposer, type Spread } from "./auto-proposer.ts";
import { Duties, type DutiesOptions } from "./duties.ts";
import type { Welcome } from "./login.ts";
import { ownAccount } from "./own-account.ts";
import { Proposer } from "./proposer.ts";
import { type Draft, Transactor } from "./transactor.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

export interface ValidatorOptions extends DutiesOptions {
  readonly plan: BpmPlan;
  readonly spread: Spread;
}

/** Why, and by which block, a validator lost its stake. */
export interface Slashing {
  readonly kind: EvidenceKind;
  readonly amount: number;
  readonly index: number;
}

/** One identity at work: joins, stakes, proposes, and keeps what the hub signs for it. */
export class Validator {
  readonly proposer: Proposer;
  readonly #ports: ValidatorPorts;
  readonly #transactor: Transactor;
  readonly #duties: Duties;
  readonly #auto: AutoProposer;
  #slashing: Slashing | null = null;

  constructor(ports: ValidatorPorts, options: ValidatorOptions) {
    const { bpmMin, bpmMax } = ports.network.genesis;
    this.#ports = ports;
    this.proposer = new Proposer(ports, () => this.#findHindrance());
    this.#transactor = new Transactor(ports, () => this.account()?.nonce ?? 1);
    this.#duties = new Duties(ports, this.#transactor, () => this.account(), options);
    this.#auto = new AutoProposer(this.proposer, ports.runtime, {
      plan: options.plan,
      networkRange: { min: bpmMin, max: bpmMax },
      spread: options.spread,
      canPropose: () => (this.account()?.bonded ?? 0) > 0,
    });
    // What earlier runs were given receipts for is held against the chain too.
    ports.chain.held.addAll(ports.identity.receipts.held());
  }

  get identity(): HeldIdentity {
    return this.#ports.identity;
  }

  get slashing(): Slashing | null {
    return this.#slashing;
  }

  /** Has it joined and staked as it was told to, or been refused? */
  get hasSettledIn(): boolean {
    return this.#duties.isSettled;
  }

  /** Why it has not joined or staked as it was told to. */
  get settlingFault(): ErrorFacts | undefined {
    return this.#duties.fault;
  }

  get nameTaken(): ErrorFacts | undefined {
    return this.#duties.nameTaken;
  }

  get plan(): BpmPlan {
    return this.#auto.plan;
  }

  /** One's own account with accepted transactions counted; undefined before the join is accepted. */
  account(): Account | undefined {
    const { network, chain, identity } = this.#ports;
    const { head, held } = chain;
    const waiting = held.waitingTransactions(identity.publicKey, head.tip.round);
    return ownAccount(network, head, waiting, identity.publicKey, this.proposer.opening?.round ?? 0);
  }

  /** Own transactions that were accepted and stand in no block yet. */
  waiting(): Me["waiting"] {
    const { chain, identity } = this.#ports;
    return chain.held
      .waitingTransactions(identity.publicKey, chain.head.tip.round)
      .flatMap(({ transaction, receipt }) =>
        transaction.type === "join" || transaction.type === "slash"
          ? []
          : [{ type: transaction.type, amount: transaction.amount, round: receipt.round }],
      );
  }

  /** Logged in, and the chain has been followed to the hub's tip. */
  connect(channel: HubChannel, welcome: Welcome): void {
    for (const own of welcome.transactions) this.#transactor.takeReceipted(own);
    if (welcome.proposal !== null) this.proposer.takeOver(welcome.proposal);
    this.#transactor.connect(channel);
    this.proposer.connect(channel);
    void this.#duties.run();
  }

  disconnect(): void {
    this.#transactor.disconnect();
    this.proposer.disconnect();
  }

  /** @param leftMs what is left of the round */
  takeOpening(opening: Opening, leftMs: number): void {
    const isNew = this.proposer.opening?.round !== opening.round;
    this.proposer.takeOpening(opening);
    if (isNew) this.#auto.takeOpening(leftMs);
  }

  /** @param isNew false for one of a past that was only looked up */
  takeBlock(block: Block, proposals: readonly Proposal[], isNew: boolean): void {
    this.#transactor.takeBlock(block, isNew);
    this.proposer.takeBlock(block, proposals);
  }

  takeIdle(): void {
    this.proposer.takeIdle();
  }

  /** The chain records that this key was slashed. */
  takeSlashing(slashing: Slashing): void {
    this.#slashing = slashing;
    this.#ports.identity.markTombstoned();
    this.#auto.stop();
    this.proposer.giveUp({ code: "TOMBSTONED", actual: this.#ports.identity.name });
  }

  follow(plan: BpmPlan): void {
    this.#auto.follow(plan);
  }

  async transact(draft: Draft): Promise<Outcome> {
    if (draft.type === "bond") this.#duties.tellRisk(draft.amount);
    const outcome = await this.#transactor.submit({ draft, isDone: false });
    if (!outcome.ok) return this.#rejected(outcome.error);
    if (draft.type !== "transfer") this.#duties.tellStaked();
    return { ok: true };
  }

  /** @param to name or address of an account */
  async transfer(to: string, amount: number): Promise<Outcome> {
    const address = findAddress(this.#ports.chain.head.ledger, to);
    if (address === undefined) return this.#rejected({ code: "UNKNOWN_RECIPIENT", actual: to });
    return this.transact({ type: "transfer", to: address, amount });
  }

  stop(): void {
    this.#auto.stop();
    this.disconnect();
    this.#ports.identity.release();
  }

  #rejected(fault: ErrorFacts): Outcome {
    const { address, name } = this.#ports.identity;
    this.#ports.emit({ event: "rejected", code: fault.code, message: sentenceOf(fault), address, name });
    return { ok: false, fault };
  }

  #findHindrance(): ErrorFacts | undefined {
    const account = this.account();
    if (account === undefined) return { code: "UNKNOWN_ACCOUNT" };
    if (account.tombstoned) return { code: "TOMBSTONED", actual: account.name };
    return account.bonded > 0 || account.activating.length > 0 ? undefined : { code: "NOT_BONDED" };
  }
}

/** An address stands for itself. Whose a name is, only the verified ledger can say. */
function findAddress(ledger: Ledger, to: string): Hex | undefined {
  if (isHex(to, 32)) return to;
  const account = getAccountByName(ledger, to);
  return account === undefined ? undefined : addressOf(account.publicKey);
}
