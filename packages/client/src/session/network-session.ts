/** Everything of one network: its replica, its validators, its round, and what they tell. */
import type { Hex } from "pos-shared/encoding/hex.ts";
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import { ERROR_CODES, isErrorCode } from "pos-shared/protocol/error-codes.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import type { Hello, HubChannel, News } from "../connection/hub-channel.ts";
import type { Greeting, HubLink } from "../connection/hub-link.ts";
import { hubSource } from "../connection/hub-source.ts";
import type { RequestFailure } from "../connection/request-failure.ts";
import type { HeldIdentity } from "../identity/held-identity.ts";
import type { BlockSource } from "../replica/block-source.ts";
import { backgroundThreads, openPageCheckers } from "../replica/checking/page-checkers.ts";
import { Replica } from "../replica/replica.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Runtime } from "../runtime.ts";
import { logIn, type Welcome } from "../validator/login.ts";
import { Validator } from "../validator/validator.ts";
import { keepEvidence } from "./alarm-files.ts";
import { CheckpointKeeper } from "./checkpoint-keeper.ts";
import type { ClientEvent } from "./client-event.ts";
import { giveBack } from "./give-back.ts";
import { NetworkNews } from "./network-news.ts";
import { Pushes } from "./pushes.ts";
import { RoundBoard } from "./round-board.ts";
import { ValidatorsView } from "./validators-view.ts";
import { Vigilance } from "./vigilance.ts";

/** A draw may wait for its proposals as long as a quarter of a round, within bounds. */
const DRAW_TIMEOUT_MS = { least: 500, most: 5_000 };
/** A single validator proposes early in the round; bots spread out. */
const SPREAD = { one: { from: 0, to: 0.1 }, bots: { from: 0.05, to: 0.6 } };
const SHOWN_VALIDATORS = 1_000;

export interface NetworkSetup {
  readonly config: ClientConfig;
  readonly runtime: Runtime;
  readonly chain: VerifiedChain;
  /** The connection that brings the chain. */
  readonly link: HubLink;
  readonly emit: (event: ClientEvent) => void;
  readonly changed: () => void;
}

export class NetworkSession {
  readonly chain: VerifiedChain;
  readonly replica: Replica;
  readonly news: NetworkNews;
  readonly board: RoundBoard;
  readonly view: ValidatorsView;
  readonly validators: Validator[] = [];
  readonly #setup: NetworkSetup;
  readonly #keeper: CheckpointKeeper;
  readonly #vigilance: Vigilance;
  readonly #pushes: Pushes;
  #isStopped = false;
  /** The hub went away, and that it is back was not told yet. */
  #isLost = false;
  /** Of whom it was told last that it is connected. */
  #connected: Validator | undefined;
  #source: BlockSource | undefined;

  constructor(setup: NetworkSetup) {
    const { chain, runtime, link, config, emit } = setup;
    this.#setup = setup;
    this.chain = chain;
    this.board = new RoundBoard(runtime, link.clock);
    this.view = new ValidatorsView(chain, () => this.validators);
    this.#keeper = new CheckpointKeeper(config.homeDir, chain, runtime, (reason) =>
      emit({ event: "notice", message: `the checkpoint cannot be written (${reason}); nothing else is lost by it` }),
    );
    this.news = new NetworkNews({
      chain,
      board: this.board,
      validators: this.validators,
      nowMs: runtime.nowMs,
      emit,
      changed: () => this.#noteChange(),
      progressed: () => {
        this.#keeper.noteProgress();
        this.#vigilance.noteProgress();
      },
      keepEvidence: (evidence) => keepEvidence(config.homeDir, evidence),
    });
    const listener = {
      block: this.news.takeBlock,
      needsEveryBlock: () => this.news.isLive,
      opening: this.news.takeOpening,
      alarm: this.news.takeAlarm,
      progress: this.news.takeProgress,
      unusable: (reason: string) => link.fail(reason),
    };
    this.replica = new Replica(chain, runtime, listener, (network) => openPageCheckers(network, backgroundThreads()));
    this.#vigilance = new Vigilance({
      replica: this.replica,
      link,
      runtime,
      homeDir: config.homeDir,
      onFailure: (reason) =>
        emit({ event: "notice", message: `the tips of other panes cannot be compared with (${reason})` }),
    });
    const { replica, board, view, news } = this;
    this.#pushes = new Pushes({
      replica,
      board,
      view,
      news,
      vigilance: this.#vigilance,
      changed: () => this.#setup.changed(),
      tooMuch: (reason) => link.fail(reason),
      dropped: (tx, code) => {
        const message = isErrorCode(code) ? sentenceOf({ code }) : code;
        emit({ event: "dropped", tx, code, message });
      },
    });
  }

  get chainId(): Hex {
    return this.chain.network.chainId;
  }

  get online(): number {
    return this.#pushes.online;
  }

  get source(): BlockSource | undefined {
    return this.#source;
  }

  /**
   * @param link the connection on which it logs in
   * @param isNamed somebody asked for just this name
   */
  addValidator(identity: HeldIdentity, link: HubLink, isNamed: boolean): Validator {
    const { config, runtime, emit } = this.#setup;
    const isBot = config.bots > 0;
    const validator = new Validator(
      {
        network: this.chain.network,
        identity,
        chain: this.chain,
        runtime,
        leftMs: (opening) => this.board.leftMs(opening),
        emit,
        changed: () => this.#noteChange(),
        distrust: (reason) => link.fail(reason),
        unanswered: (silence) => this.#vigilance.noteSilence(silence),
      },
      {
        stake: config.stake,
        isNamed,
        tellsRisk: this.validators.length === 0,
        plan: config.bpm,
        spread: isBot ? SPREAD.bots : SPREAD.one,
      },
    );
    this.validators.push(validator);
    const { opening } = this.news;
    if (opening !== undefined) validator.takeOpening(opening, this.board.leftMs(opening));
    return validator;
  }

  removeValidator(validator: Validator): void {
    validator.stop();
    const at = this.validators.indexOf(validator);
    if (at >= 0) this.validators.splice(at, 1);
  }

  /** Logs a validator in, where there is one, and follows the hub to its tip. */
  async greet(channel: HubChannel, hello: Hello, validator: Validator | undefined): Promise<Greeting> {
    const { emit, runtime } = this.#setup;
    if (hello.recovering) await giveBack(channel, hello, this.chain);
    let welcome: Welcome | undefined;
    if (validator !== undefined) {
      const answer = await this.logIn(channel, hello, validator);
      if (!answer.ok) return answer.greeting;
      welcome = answer.welcome;
    }
    if (this.news.isLive && this.#isLost) emit({ event: "reconnected", index: this.chain.head.tip.index });
    this.#isLost = false;
    this.#pushes.hold();
    const subscribed = await channel.request("subscribe", {});
    if (!subscribed.ok) return greetingOf(subscribed.error);
    const { tip, opening, online } = subscribed.value;
    const quarterMs = this.chain.network.genesis.roundMs / 4;
    const drawTimeoutMs = Math.min(Math.max(quarterMs, DRAW_TIMEOUT_MS.least), DRAW_TIMEOUT_MS.most);
    this.#source = hubSource(channel, runtime, drawTimeoutMs);
    this.#pushes.noteOnline(online);
    this.board.noteSubscribed(subscribed.value);
    const following = this.replica.follow(this.#source, tip);
    if (opening === null) void this.replica.whenSettled().then(() => this.news.idle());
    else void this.replica.takeOpening(opening);
    this.#pushes.release();
    const reached = await following;
    if (!reached.ok) return { kind: "retry", reason: reached.error };
    // Told to stop meanwhile: nothing may begin any more, or the program would never end.
    if (this.#isStopped) return { kind: "ready" };
    void this.#fetchValidators(channel);
    void this.news.findLastWinner(this.#source);
    if (!this.news.isLive) this.#begin(validator);
    else if (this.#connected !== validator) this.#tellConnected(validator);
    // With a hub that was just seen to have cheated nothing is begun.
    if (validator !== undefined && welcome !== undefined && !this.replica.isHalted) validator.connect(channel, welcome);
    this.#setup.changed();
    return { kind: "ready" };
  }

  async logIn(
    channel: HubChannel,
    hello: Hello,
    validator: Validator,
  ): Promise<{ readonly ok: true; readonly welcome: Welcome } | { readonly ok: false; readonly greeting: Greeting }> {
    const { chain } = this;
    const answer = await logIn(channel, hello, validator.identity, chain, this.#setup.config.token);
    return answer.ok ? { ok: true, welcome: answer.value } : { ok: false, greeting: greetingOf(answer.error) };
  }

  tellConnected(validator: Validator | undefined): void {
    const { address = null, name = null } = validator?.identity ?? {};
    const { config, emit } = this.#setup;
    const { tip } = this.chain.head;
    emit({
      event: "connected",
      url: config.hubUrl,
      chainId: this.chainId,
      address,
      name,
      index: tip.index,
      words: tip.index === 0 ? "" : tipWords(tip.hash),
    });
  }

  tellRefused({ identity: { address, name } }: Validator, fault: ErrorFacts): void {
    this.#setup.emit({ event: "rejected", code: fault.code, message: sentenceOf(fault), address, name });
  }

  hear(news: News, bytes: number): void {
    this.#pushes.hear(news, bytes);
  }

  /** A connection was lost, or a try failed. */
  noteLost(): void {
    this.#isLost = true;
  }

  /** The connection has ended, whoever ended it. */
  leave(): void {
    this.#pushes.forget();
    this.#source = undefined;
    this.replica.leave();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.leave();
    for (const validator of this.validators) validator.stop();
    await this.#vigilance.stop();
    await this.#keeper.save();
  }

  #begin(validator: Validator | undefined): void {
    // Bots tell of themselves.
    if (this.#setup.config.bots === 0) this.#tellConnected(validator);
    this.news.goLive();
    this.#vigilance.start();
  }

  /** Somebody is connected who was not: at the start, and with a new identity. */
  #tellConnected(validator: Validator | undefined): void {
    this.#connected = validator;
    this.tellConnected(validator);
  }

  #noteChange(): void {
    this.view.noteChange();
    this.#setup.changed();
  }

  async #fetchValidators(channel: HubChannel): Promise<void> {
    const page = await channel.request("validators", { from: 0, limit: SHOWN_VALIDATORS });
    if (!page.ok) return;
    this.view.takeRows(page.value.validators);
    this.#setup.changed();
  }
}

/** A refusal ends the tries where trying again cannot help. */
function greetingOf(failure: RequestFailure): Greeting {
  if (failure.kind === "lost") return { kind: "retry", reason: failure.reason };
  const { fault } = failure;
  const mayPass = ERROR_CODES[fault.code].retry === "later" && fault.code !== "SESSION_ELSEWHERE";
  return mayPass ? { kind: "retry", reason: sentenceOf(fault) } : { kind: "refused", fault };
}
