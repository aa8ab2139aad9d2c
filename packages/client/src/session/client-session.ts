/** A running client: connects, keeps the replica, runs the validators, and shows all of it as state and events. */
import type { Hex } from "pos-shared/encoding/hex.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { lastChainAt } from "../config/known-hubs.ts";
import type { Dial } from "../connection/dial.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import { type Greeting, HubLink, type LinkState } from "../connection/hub-link.ts";
import { type Identities, openIdentities } from "../identity/identities.ts";
import type { IdentitySystem } from "../identity/identity-system.ts";
import type { Runtime } from "../runtime.ts";
import { findPlanFault } from "../validator/bpm-check.ts";
import type { Draft } from "../validator/transactor.ts";
import type { Validator } from "../validator/validator.ts";
import { identitySentenceOf } from "../words/identity-errors.ts";
import { planSentenceOf } from "../words/plan-faults.ts";
import { findAmountFault } from "./amount-fault.ts";
import { findBlocks, readBlock, readRows } from "./block-reader.ts";
import { BotLinks } from "./bot-links.ts";
import { Changes } from "./changes.ts";
import { Commits } from "./commits.ts";
import { connectionStateOf } from "./connection-state.ts";
import { EventLog } from "./event-log.ts";
import { NetworkSession } from "./network-session.ts";
import { openChain } from "./open-network.ts";
import { rememberNetwork } from "./remember-network.ts";
import type { BlockDetail, ConnectionState, FoundBlocks, Outcome, Session, SessionState } from "./session.ts";
import { buildState } from "./session-state.ts";

export interface SessionSetup {
  readonly config: ClientConfig;
  readonly runtime: Runtime;
  readonly dial: Dial;
  readonly system: IdentitySystem;
}

export class ClientSession implements Session {
  readonly #setup: SessionSetup;
  readonly #events: EventLog;
  readonly #commits: Commits;
  readonly #link: HubLink;
  readonly #bots: BotLinks;
  #network: NetworkSession | undefined;
  /** The one of a client without bots. */
  #validator: Validator | undefined;
  #otherChain: { readonly expected: string; readonly actual: string; readonly join: () => void } | undefined;
  #failure: string | undefined;
  #repeatedBpm: number | null = null;
  /** The identity that is asked for, by name; null for any that is free. */
  #wantedName: string | null;
  /** A network that somebody said yes to. */
  #acceptedChain: Hex | undefined;
  readonly #changes = new Changes();
  /** Undefined after a change, until somebody looks. */
  #state: SessionState | undefined;

  constructor(setup: SessionSetup) {
    const { config, runtime, dial } = setup;
    this.#setup = setup;
    this.#events = new EventLog(runtime.nowMs);
    this.#link = new HubLink(
      { url: config.hubUrl, dial, runtime },
      {
        greet: (channel, hello) => this.#greet(channel, hello),
        heard: (news, bytes) => this.#network?.hear(news, bytes),
        changed: (state) => this.#noteLink(state),
      },
    );
    this.#bots = new BotLinks({ url: config.hubUrl, dial, runtime }, () => this.#network);
    this.#wantedName = config.name;
    this.#repeatedBpm = config.bpm.kind === "fixed" ? config.bpm.bpm : null;
    this.#commits = new Commits(runtime, () => {
      this.#state = undefined;
    });
  }

  start(): void {
    this.#link.start();
  }

  readonly getState = (): SessionState => {
    this.#state ??= this.#build();
    return this.#state;
  };
  /** The state just now, not only the one that listeners were told of last. */
  readonly readNow = (): SessionState => this.#build();
  readonly subscribe = (listener: () => void) => this.#commits.listen(listener);
  readonly onEvent: Session["onEvent"] = (listener) => this.#events.listen(listener);

  readonly propose = async (bpm: number): Promise<Outcome> => {
    await this.whenSettledIn();
    return (await this.#validator?.proposer.propose(bpm)) ?? LOGIN_REQUIRED;
  };

  readonly repeat = (bpm: number | null): void => {
    this.#repeatedBpm = bpm;
    this.#validator?.follow(bpm === null ? { kind: "ask" } : { kind: "fixed", bpm });
    this.#changed();
  };

  readonly bond = (amount: number) => this.#transact({ type: "bond", amount });
  readonly unbond = (amount: number) => this.#transact({ type: "unbond", amount });

  readonly transfer = async (to: string, amount: number): Promise<Outcome> =>
    findAmountFault(amount) ?? (await this.#validator?.transfer(to, amount)) ?? LOGIN_REQUIRED;

  readonly joinNewNetwork = (): void => this.#otherChain?.join();

  readonly takeNewIdentity = (name?: string): void => {
    const validator = this.#validator;
    if (validator !== undefined) this.#network?.removeValidator(validator);
    this.#validator = undefined;
    this.#wantedName = name ?? null;
    this.#failure = undefined;
    this.#link.restart("a new identity was taken");
  };

  readonly readRows: Session["readRows"] = (from, to) =>
    this.#network === undefined ? [] : readRows(this.#network.chain, from, to);
  readonly findBlocks: Session["findBlocks"] = (filter) =>
    this.#network === undefined ? NO_BLOCKS : findBlocks(this.#network.chain, filter);
  readonly readBlock = async (index: number): Promise<BlockDetail | undefined> =>
    this.#network === undefined ? undefined : readBlock(this.#network.chain, index, this.#network.source);

  readonly stop = async (): Promise<void> => {
    this.#bots.stop();
    this.#link.stop();
    await this.#network?.stop();
    this.#events.emit({ event: "stopped" });
  };

  /** Resolves once it has joined and staked as it was told to, or it is certain that it will not. */
  readonly whenSettledIn = async (): Promise<void> => {
    await this.#changes.when(() => (this.#hasSettledIn() ? true : undefined));
  };

  /** Why it has not joined or staked as it was told to. */
  readonly settlingFault = (): ErrorFacts | undefined => this.#validator?.settlingFault;

  /** Resolves with what is wrong, in words, once it is certain that it cannot go on. */
  readonly whenFailed = (): Promise<string> =>
    this.#changes.when(() => {
      const connection = this.#connection();
      if (connection.phase === "failed") return connection.message;
      return connection.phase === "refused" ? sentenceOf(connection.fault) : undefined;
    });

  #hasSettledIn(): boolean {
    const { phase } = this.#connection();
    if (phase === "failed" || phase === "refused") return true;
    const { spectate, bots } = this.#setup.config;
    return spectate || bots > 0 ? (this.#network?.news.isLive ?? false) : (this.#validator?.hasSettledIn ?? false);
  }

  async #transact(draft: Extract<Draft, { amount: number }>): Promise<Outcome> {
    return findAmountFault(draft.amount) ?? (await this.#validator?.transact(draft)) ?? LOGIN_REQUIRED;
  }

  async #greet(channel: HubChannel, hello: Hello): Promise<Greeting> {
    const { config } = this.#setup;
    if (config.chainId !== null && hello.chainId !== config.chainId) {
      return this.#fail(`${config.hubUrl} is the network ${hello.chainId}, and --chain allows ${config.chainId} only.`);
    }
    const known = this.#network?.chainId ?? lastChainAt(config.homeDir, config.hubUrl);
    const isKnown = [known, config.chainId, this.#acceptedChain].includes(hello.chainId);
    if (known !== null && !isKnown) await this.#askToJoin(known, hello.chainId);
    if (this.#network?.chainId !== hello.chainId) {
      const failure = await this.#enter(channel, hello);
      if (failure !== undefined) return failure;
    }
    const network = this.#network;
    if (network === undefined) throw new Error("no network was entered");
    if (!config.spectate && config.bots === 0 && this.#validator === undefined) {
      const failure = this.#takeIdentity(network);
      if (failure !== undefined) return failure;
    }
    const greeting = await network.greet(channel, hello, this.#validator);
    if (greeting.kind === "ready" && config.bots > 0) return this.#startBots(network) ?? greeting;
    return greeting;
  }

  /** Waits until somebody says yes, or the connection is another one. */
  async #askToJoin(expected: string, actual: string): Promise<void> {
    const answer = new Promise<void>((join) => {
      this.#otherChain = { expected, actual, join };
    });
    this.#events.emit({ event: "newNetwork", url: this.#setup.config.hubUrl, expected, actual });
    this.#changed();
    await answer;
    this.#acceptedChain = actual;
    this.#otherChain = undefined;
    this.#changed();
  }

  async #enter(channel: HubChannel, { chainId }: Hello): Promise<Greeting | undefined> {
    const { config, runtime } = this.#setup;
    this.#bots.stop();
    await this.#network?.stop();
    this.#network = undefined;
    this.#validator = undefined;
    const emit = this.#events.emit.bind(this.#events);
    const chain = await openChain(channel, chainId, config.homeDir, (message) => emit({ event: "notice", message }));
    if (!chain.ok) return { kind: "retry", reason: chain.error };
    const planFault = findPlanFault(chain.value.network.genesis, config.bpm);
    if (planFault !== undefined) return this.#fail(planSentenceOf(planFault));
    this.#network = new NetworkSession({
      config,
      runtime,
      chain: chain.value,
      link: this.#link,
      emit,
      changed: () => this.#changed(),
    });
    await rememberNetwork(config, chainId, emit);
    return undefined;
  }

  #takeIdentity(network: NetworkSession): Greeting | undefined {
    const identity = this.#identitiesOf(network).acquire(this.#wantedName);
    if (!identity.ok) return this.#fail(identitySentenceOf(identity.error));
    this.#validator = network.addValidator(identity.value, this.#link, this.#wantedName !== null);
    if (this.#repeatedBpm !== null) this.#validator.follow({ kind: "fixed", bpm: this.#repeatedBpm });
    return undefined;
  }

  #startBots(network: NetworkSession): Greeting | undefined {
    if (network.validators.length > 0) return undefined;
    const bots = this.#identitiesOf(network).acquireBots(this.#setup.config.bots);
    if (!bots.ok) return this.#fail(identitySentenceOf(bots.error));
    this.#bots.start(network, bots.value);
    return undefined;
  }

  #identitiesOf({ chainId }: NetworkSession): Identities {
    const { homeDir } = this.#setup.config;
    const tell = (message: string) => this.#events.emit({ event: "notice", message });
    return openIdentities({ ...this.#setup, homeDir, chainId, passedBy: (error) => tell(identitySentenceOf(error)) });
  }

  #fail(message: string): Greeting {
    this.#failure = message;
    // The link ends here; why, is in words, not in a code of the protocol.
    return { kind: "refused", fault: { code: "LOGIN_REQUIRED" } };
  }

  #noteLink(state: LinkState): void {
    if (state.phase !== "online") {
      this.#network?.leave();
      this.#otherChain = undefined;
      this.#validator?.disconnect();
    }
    if (state.phase === "offline") {
      this.#network?.noteLost();
      const { reason, attempt } = state;
      const { once } = this.#setup.config;
      this.#events.emit({ event: "disconnected", reason, attempt, retries: !once });
      if (once) {
        this.#failure = `${this.#setup.config.hubUrl} cannot be reached: ${reason}`;
        this.#link.stop();
      }
    }
    this.#changed();
  }

  #changed(): void {
    this.#commits.note();
    this.#changes.note();
  }

  #build(): SessionState {
    return buildState({
      url: this.#setup.config.hubUrl,
      connection: this.#connection(),
      network: this.#network,
      validator: this.#validator,
      repeatedBpm: this.#repeatedBpm,
      log: this.#events.lines,
    });
  }

  #connection(): ConnectionState {
    if (this.#failure !== undefined) return { phase: "failed", message: this.#failure };
    if (this.#otherChain !== undefined) {
      const { expected, actual } = this.#otherChain;
      return { phase: "otherChain", expected, actual };
    }
    return connectionStateOf(this.#link, this.#setup.runtime, this.#validator?.nameTaken);
  }
}

const NO_BLOCKS: FoundBlocks = { size: 0, atOrBefore: () => 0, atOrAfter: () => 0 };
const LOGIN_REQUIRED: Outcome = { ok: false, fault: { code: "LOGIN_REQUIRED" } };
