import { type Account, sumOf } from "pos-shared/model/account.ts";
import { MAX_UNLIMITED_GRANT } from "pos-shared/model/limits.ts";
import { isName } from "pos-shared/model/name.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { ERROR_CODES } from "pos-shared/protocol/error-codes.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import { identitySentenceOf } from "../words/identity-errors.ts";
import type { Draft, Transactor } from "./transactor.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

/** What a client takes from an unlimited faucet where no stake is asked for, in tokens. */
const USUAL_GRANT = 1_000;
/** How many names it tries where nobody asked for one: clients that join at once may take each other's suggestions. */
const MAX_NAMES = 32;
/** After a refusal that may pass. */
const RETRY_MS = 2_000;

export interface DutiesOptions {
  /** `--stake`: be bonded with so many tokens; null leaves the stake as it is. */
  readonly stake: number | null;
  /** The name was asked for, so that no other one will do. */
  readonly isNamed: boolean;
  /** It tells by which rule stake burns; of several validators of one client one does. */
  readonly tellsRisk: boolean;
}

/** What a validator does when it comes to a network: joins once, and tops its stake up (DESIGN §8). */
export class Duties {
  readonly #ports: ValidatorPorts;
  readonly #transactor: Transactor;
  readonly #account: () => Account | undefined;
  readonly #options: DutiesOptions;
  #isSettled = false;
  #nameTaken: ErrorFacts | undefined;
  #fault: ErrorFacts | undefined;
  #isRunning = false;

  constructor(
    ports: ValidatorPorts,
    transactor: Transactor,
    account: () => Account | undefined,
    options: DutiesOptions,
  ) {
    this.#ports = ports;
    this.#transactor = transactor;
    this.#account = account;
    this.#options = options;
  }

  /** Is there nothing more to do? */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** It cannot join under the name that was asked for; with a free one as its suggestion. */
  get nameTaken(): ErrorFacts | undefined {
    return this.#nameTaken;
  }

  /** Why it has not joined or staked as it was told to, once it is settled. */
  get fault(): ErrorFacts | undefined {
    return this.#fault;
  }

  /** To be called after each login; goes on across connections, and never does anything twice. */
  async run(): Promise<void> {
    if (this.#isRunning || this.#isSettled) return;
    this.#isRunning = true;
    const hasJoined = await this.#join();
    if (hasJoined && this.#options.stake !== null) await this.#stake(this.#options.stake);
    this.#isSettled = true;
    this.#isRunning = false;
    this.#ports.changed();
  }

  async #join(): Promise<boolean> {
    const { identity, emit } = this.#ports;
    const account = this.#account();
    if (account !== undefined) {
      if (!identity.joined || identity.name !== account.name) identity.markJoined(account.name);
      if (account.tombstoned) identity.markTombstoned();
      return true;
    }
    for (let tried = 1; ; tried++) {
      const joined = await this.#submit({ type: "join", name: identity.name, grant: this.#grant() });
      if (joined.ok || joined.error.code === "ALREADY_JOINED") break;
      if (joined.error.code !== "NAME_TAKEN" || this.#options.isNamed || tried === MAX_NAMES) {
        if (joined.error.code === "NAME_TAKEN") this.#nameTaken = joined.error;
        this.#fail(joined.error);
        return false;
      }
      const { suggestion } = joined.error;
      if (!isName(suggestion)) {
        // Asked again on the next connection, which comes ever later.
        this.#ports.distrust("the hub says that a name is taken, and none that is free");
        continue;
      }
      const renamed = identity.rename(suggestion);
      if (!renamed.ok) {
        emit({ event: "rejected", code: renamed.error.code, message: identitySentenceOf(renamed.error) });
        return false;
      }
    }
    identity.markJoined(identity.name);
    const { address, name } = identity;
    emit({ event: "joined", address, name, liquid: this.#account()?.liquid ?? 0 });
    return true;
  }

  #grant(): number {
    const { faucet } = this.#ports.network.genesis;
    if (faucet !== "unlimited") return faucet;
    return Math.min(this.#options.stake ?? USUAL_GRANT, MAX_UNLIMITED_GRANT);
  }

  async #stake(wanted: number): Promise<void> {
    const account = this.#account();
    if (account === undefined) return;
    if (account.tombstoned) return this.#fail({ code: "TOMBSTONED", actual: account.name });
    const lacking = wanted - bondedOf(account);
    if (lacking > account.liquid) {
      return this.#fail({
        code: "INSUFFICIENT_FUNDS",
        path: "stake",
        expected: `at most ${account.liquid}`,
        actual: lacking,
      });
    }
    if (lacking > 0) {
      this.tellRisk(lacking);
      const bonded = await this.#submit({ type: "bond", amount: lacking });
      if (!bonded.ok) return this.#fail(bonded.error);
    }
    this.tellStaked();
    if (lacking < 0) {
      const message = `${account.name} has ${bondedOf(account)} tokens staked already, more than the ${wanted} asked for. --stake never takes any back.`;
      this.#ports.emit({ event: "notice", message });
    }
  }

  /** To be called before a bond is sent: who stakes for the first time is told by which rule it burns. */
  tellRisk(amount: number): void {
    const account = this.#account();
    if (!this.#options.tellsRisk || account === undefined || bondedOf(account) > 0) return;
    const { address } = this.#ports.identity;
    this.#ports.emit({ event: "firstBond", amount, address, name: account.name });
  }

  tellStaked(): void {
    const account = this.#account();
    if (account === undefined) return;
    const { address } = this.#ports.identity;
    this.#ports.emit({
      event: "staked",
      bonded: bondedOf(account),
      liquid: account.liquid,
      address,
      name: account.name,
    });
  }

  /** Tries again where the refusal may pass. */
  async #submit(draft: Draft): Promise<Result<void, ErrorFacts>> {
    const wish = { draft, isDone: false };
    for (;;) {
      const outcome = await this.#transactor.submit(wish);
      if (outcome.ok) return ok(undefined);
      if (ERROR_CODES[outcome.error.code].retry !== "later") return err(outcome.error);
      this.#tellRejected(outcome.error);
      await new Promise<void>((resolve) => this.#ports.runtime.schedule(RETRY_MS, resolve));
    }
  }

  #fail(fault: ErrorFacts): void {
    this.#fault = fault;
    this.#tellRejected(fault);
  }

  #tellRejected(fault: ErrorFacts): void {
    const { address, name } = this.#ports.identity;
    this.#ports.emit({ event: "rejected", code: fault.code, message: sentenceOf(fault), address, name });
  }
}

/** What is staked, as far as its owner is concerned: bonded, or on its way there. */
function bondedOf({ bonded, activating }: Account): number {
  return bonded + sumOf(activating);
}
