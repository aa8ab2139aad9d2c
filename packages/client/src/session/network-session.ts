/** Everything of one network: its replica, its validators, its round, and what they tell. */
import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { ERROR_CODES, isErrorCode } from "pos-shared/protocol/error-codes.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import type { Hello, HubChannel, News } from "../connection/hub-channel.ts";
import type { Greeting, HubLink } from "../connection/hub-link.ts";
import { hubSource } from "../connection/hub-source.ts";
import type { RequestFailure } from "../connection/request-failure.ts";
import type { HeldIdentity } from "../identity/held-identity.ts";
import type { BlockSource } from "../replica/block-source.ts";
import { Replica } from "../replica/replica.ts";
import type { Alarm as ReplicaAlarm, VerifiedBlock } from "../replica/replica-events.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Runtime } from "../runtime.ts";
import { logIn, type Welcome } from "../validator/login.ts";
import { Validator } from "../validator/validator.ts";
import { writeEvidence } from "./alarm-files.ts";
import { CheckpointKeeper } from "./checkpoint-keeper.ts";
import { RoundBoard } from "./round-board.ts";
import type { Alarm, ClientEvent, Winner } from "./session.ts";
import { slashingsOf } from "./slashings-of.ts";
import { ValidatorsView } from "./validators-view.ts";
import { winnerOf } from "./winner-of.ts";

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
  readonly board: RoundBoard;
  readonly view: ValidatorsView;
  readonly validators: Validator[] = [];
  readonly #setup: NetworkSetup;
  readonly #keeper: CheckpointKeeper;
  #alarms: readonly Alarm[] = [];
  #lastWinner: Winner | null = null;
  #online = 0;
  #progress: { readonly verified: number; readonly total: number } | undefined;
  /** From the first time on that the hub's tip was reached, blocks are told. */
  #isLive = false;
  #source: BlockSource | undefined;
  /** Pushes that came before their turn, while the tip is not known. */
  #early: News[] | undefined;
  #opening: Opening | undefined;

  constructor(setup: NetworkSetup) {
    const { chain, runtime, link, config, emit } = setup;
    this.#setup = setup;
    this.chain = chain;
    this.board = new RoundBoard(runtime, link.clock);
    this.view = new ValidatorsView(
      chain,
      () => this.ownKeys,
      (publicKey) => this.validators.find(({ identity }) => identity.publicKey === publicKey)?.account(),
    );
    this.#keeper = new CheckpointKeeper(config.homeDir, chain, runtime, (reason) =>
      emit({ event: "notice", message: `the checkpoint cannot be written (${reason}); nothing else is lost by it` }),
    );
    this.replica = new Replica(chain, runtime, {
      block: (added) => this.#tellBlock(added),
      opening: (opening) => this.#tellOpening(opening),
      alarm: (alarm) => this.#tellAlarm(alarm),
      unusable: (reason) => link.restart(reason),
      progress: (verified, total) => this.#tellProgress(verified, total),
    });
  }

  get chainId(): Hex {
    return this.chain.network.chainId;
  }

  get ownKeys(): ReadonlySet<Hex> {
    return new Set(this.validators.map(({ identity }) => identity.publicKey));
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  get lastWinner(): Winner | null {
    return this.#lastWinner;
  }

  get online(): number {
    return this.#online;
  }

  get progress(): { readonly verified: number; readonly total: number } {
    const { head, verified } = this.chain;
    return this.#progress ?? { verified: verified.tip.index, total: head.tip.index };
  }

  get source(): BlockSource | undefined {
    return this.#source;
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  /**
   * @param link the connection on which it logs in
   * @param isNamed somebody asked for just this name
   */
  addValidator(identity: HeldIdentity, link: HubLink, isNamed: boolean): Validator {
    const { config, runtime, emit, changed } = this.#setup;
    const isBot = config.bots > 0;
    const validator = new Validator(
      {
        network: this.chain.network,
        identity,
        chain: this.chain,
        runtime,
        emit,
        changed: () => {
          this.view.noteChange();
          changed();
        },
        distrust: (reason) => link.restart(reason),
      },
      {
        stake: config.stake,
        isNamed,
        plan: config.bpm,
        spread: isBot ? SPREAD.bots : SPREAD.one,
      },
    );
    this.validators.push(validator);
    if (this.#opening !== undefined) validator.takeOpening(this.#opening, this.board.leftMs(this.#opening));
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
    let welcome: Welcome | undefined;
    if (validator !== undefined) {
      const answer = await this.logIn(channel, hello, validator);
      if (!answer.ok) return answer.greeting;
      welcome = answer.welcome;
    }
    if (this.#isLive) emit({ event: "reconnected", index: this.chain.head.tip.index });
    this.#early = [];
    const subscribed = await channel.request("subscribe", {});
    if (!subscribed.ok) return greetingOf(subscribed.error);
    const { tip, opening, online } = subscribed.value;
    const quarterMs = this.chain.network.genesis.roundMs / 4;
    const drawTimeoutMs = Math.min(Math.max(quarterMs, DRAW_TIMEOUT_MS.least), DRAW_TIMEOUT_MS.most);
    this.#source = hubSource(channel, runtime, drawTimeoutMs);
    this.#online = online;
    this.board.noteSubscribed(subscribed.value);
    const following = this.replica.follow(this.#source, tip);
    if (opening === null) void this.replica.whenSettled().then(() => this.#tellIdle());
    else void this.replica.takeOpening(opening);
    const early = this.#early;
    this.#early = undefined;
    for (const news of early) this.hear(news);
    const reached = await following;
    if (!reached.ok) return { kind: "retry", reason: reached.error };
    void this.#fetchValidators(channel);
    if (!this.#isLive) this.#begin(validator);
    if (validator !== undefined && welcome !== undefined) validator.connect(channel, welcome);
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
    emit({
      event: "connected",
      url: config.hubUrl,
      chainId: this.chainId,
      address,
      name,
      index: this.chain.head.tip.index,
    });
  }

  hear(news: News): void {
    if (this.#early !== undefined) {
      this.#early.push(news);
      return;
    }
    switch (news.type) {
      case "opening":
        this.board.noteOpening(news);
        void this.replica.takeOpening(news.opening);
        return;
      case "block":
        void this.replica.takeBlock(news.block, news.lowest);
        return;
      case "idle":
        void this.replica.whenSettled().then(() => this.#tellIdle());
        return;
      case "activity":
        this.board.noteActivity(news);
        break;
      case "changes":
        this.board.noteChanges(news);
        this.#online = news.online;
        this.view.takeRows(news.rows);
        break;
      case "dropped":
        this.#tellDropped(news.tx, news.code);
        break;
      case "slashed":
        // Told when a block records it.
        break;
    }
    this.#setup.changed();
  }

  /** The connection has ended. */
  leave(): void {
    this.#early = undefined;
    this.#source = undefined;
    this.replica.leave();
  }

  async stop(): Promise<void> {
    this.leave();
    for (const validator of this.validators) validator.stop();
    await this.#keeper.save();
  }

  #begin(validator: Validator | undefined): void {
    this.#isLive = true;
    // Bots tell of themselves.
    if (this.#setup.config.bots === 0) this.tellConnected(validator);
    if (this.#opening !== undefined) this.#tellRound(this.#opening);
  }

  #tellBlock(added: VerifiedBlock): void {
    const { block, verified, proposals } = added;
    this.#opening = undefined;
    const winner = winnerOf(this.chainId, added, this.ownKeys);
    if (this.#isLive) {
      this.#setup.emit({ event: "block", index: block.index, hash: block.hash, round: block.round, verified });
      if (winner !== null) this.#tellWinner(winner);
    }
    this.#tellSlashings(added);
    if (winner !== null) this.#lastWinner = winner;
    if (this.board.round !== undefined && block.round >= this.board.round) this.board.close();
    for (const validator of this.validators) validator.takeBlock(block, proposals);
    this.view.noteChange();
    this.#keeper.noteProgress();
    this.#setup.changed();
  }

  #tellWinner({ round, index, hash, validator, name, bpm, stake, eligibleStake, isMe: you }: Winner): void {
    this.#setup.emit({ event: "winner", round, index, hash, validator, name, bpm, stake, eligibleStake, you });
  }

  #tellSlashings(added: VerifiedBlock): void {
    for (const { publicKey, name, kind, amount } of slashingsOf(this.chain.network, added)) {
      if (this.#isLive) this.#setup.emit({ event: "slashed", address: addressOf(publicKey), name, kind, amount });
      const own = this.validators.find(({ identity }) => identity.publicKey === publicKey);
      own?.takeSlashing({ kind, amount, index: added.block.index });
    }
  }

  #tellOpening(opening: Opening): void {
    this.#opening = opening;
    const isNew = this.board.open(opening, this.chain.network.genesis);
    if (isNew && this.#isLive) this.#tellRound(opening);
    for (const validator of this.validators) validator.takeOpening(opening, this.board.leftMs(opening));
    this.view.noteChange();
    this.#setup.changed();
  }

  #tellRound({ round, closesAt }: Opening): void {
    const { validators, stake } = this.board.counts;
    this.#setup.emit({ event: "round", round, closesAt, validators, stake });
  }

  #tellIdle(): void {
    this.#opening = undefined;
    this.board.close();
    for (const validator of this.validators) validator.takeIdle();
    this.#setup.changed();
  }

  #tellProgress(verified: number, total: number): void {
    this.#progress = { verified, total };
    this.#keeper.noteProgress();
    this.#setup.changed();
  }

  #tellDropped(tx: Hex, code: string): void {
    const message = isErrorCode(code) ? sentenceOf({ code }) : code;
    this.#setup.emit({ event: "dropped", tx, code, message });
  }

  #tellAlarm({ finding, isProven, evidence }: ReplicaAlarm): void {
    const { config, runtime, emit, changed } = this.#setup;
    const evidenceFile = writeEvidence(config.homeDir, evidence);
    this.#alarms = [...this.#alarms, { failure: finding, isProven, evidenceFile, atMs: runtime.nowMs() }];
    const { rule: code, index, expected, actual } = finding;
    emit({ event: "alarm", code, index, expected, actual, proven: isProven, evidence: evidenceFile });
    if (this.replica.isHalted) {
      this.#tellIdle();
      emit({
        event: "notice",
        message: `the hub is not followed any further; verified is the chain up to block ${this.chain.head.tip.index}`,
      });
    }
    changed();
  }

  async #fetchValidators(channel: HubChannel): Promise<void> {
    const page = await channel.request("validators", { from: 0, limit: SHOWN_VALIDATORS });
    if (!page.ok) return;
    this.view.takeRows(page.value.validators);
    this.#setup.changed();
  }
}

/** A refusal ends the tries where trying again cannot help. */
export function greetingOf(failure: RequestFailure): Greeting {
  if (failure.kind === "lost") return { kind: "retry", reason: failure.reason };
  const { fault } = failure;
  const mayPass = ERROR_CODES[fault.code].retry === "later" && fault.code !== "SESSION_ELSEWHERE";
  return mayPass ? { kind: "retry", reason: sentenceOf(fault) } : { kind: "refused", fault };
}
