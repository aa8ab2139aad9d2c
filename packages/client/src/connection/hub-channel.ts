import { nanoid } from "nanoid";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { decodeHubMessage, encode } from "pos-shared/protocol/codec.ts";
import type { HubMessage, Push, PushOf, Reply } from "pos-shared/protocol/hub-messages.ts";
import type { Request, RequestOf, RequestType } from "pos-shared/protocol/requests.ts";
import type { Cancel, Runtime } from "../runtime.ts";
import { splitBlocksFrame } from "./blocks-frame.ts";
import type { Dial, Wire } from "./dial.ts";
import type { HubClock } from "./hub-clock.ts";
import { PendingRequests, type ReplyTo } from "./pending-requests.ts";
import type { RequestFailure } from "./request-failure.ts";

export type Hello = PushOf<"hello">;
export type News = Exclude<Push, Hello>;

export interface ChannelHandlers {
  /** The first frame came. */
  readonly greeted: (hello: Hello) => void;
  /** @param bytes how long its frame was */
  readonly heard: (news: News, bytes: number) => void;
  /** Once, at the end. `reason` in words; `isMisdeed`: over what the hub sent. */
  readonly ended: (reason: string, isMisdeed: boolean) => void;
}

export interface ChannelSetup {
  readonly url: string;
  readonly dial: Dial;
  readonly runtime: Runtime;
  readonly clock: HubClock;
}

const REQUEST_TIMEOUT_MS = 15_000;
const HELLO_TIMEOUT_MS = 10_000;
const PING_EVERY_MS = 10_000;
/** The first samples of the clock come fast. */
const FIRST_PINGS_EVERY_MS = 300;
const FIRST_PINGS = 4;
/** An answer to a ping that takes longer says that nobody is there any more. */
const PING_TIMEOUT_MS = 10_000;

type Fields<T extends RequestType> = Omit<RequestOf<T>, "type" | "id">;

/**
 * One connection to a hub, from dialling to its end: requests with their replies, pushes in their order, a heartbeat.
 * A frame that is not of its form ends it.
 */
export class HubChannel {
  readonly #setup: ChannelSetup;
  readonly #handlers: ChannelHandlers;
  readonly #requests: PendingRequests;
  readonly #wire: Wire;
  #cancelTimer: Cancel;
  #hello: Hello | undefined;
  /** Requests under way for pages of which nobody makes objects, and what came for them. */
  readonly #texts = new Map<string, Buffer | undefined>();
  #pings = 0;
  readonly #dialledAtMs: number;
  /** Why it was ended from this side. */
  #dropReason: string | undefined;
  #isMisdeed = false;
  #hasEnded = false;

  constructor(setup: ChannelSetup, handlers: ChannelHandlers) {
    this.#setup = setup;
    this.#handlers = handlers;
    this.#dialledAtMs = setup.runtime.monotonicMs();
    this.#requests = new PendingRequests(setup.runtime, () => this.#wire.receivedBytes());
    this.#cancelTimer = setup.runtime.schedule(HELLO_TIMEOUT_MS, () => this.drop("the hub says nothing"));
    this.#wire = setup.dial(setup.url, {
      received: (frame) => this.#receive(frame),
      closed: (reason) => this.#end(reason),
    });
  }

  /** Is the connection over, whether or not anybody has been told yet? */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Sends a request and waits for its answer. Never rejects. */
  async request<T extends RequestType>(
    type: T,
    fields: Fields<T>,
    timeoutMs = REQUEST_TIMEOUT_MS,
    id: string = nanoid(),
  ): Promise<Result<ReplyTo<T>, RequestFailure>> {
    if (this.#hasEnded) return err({ kind: "lost", reason: this.#dropReason ?? "the connection has ended" });
    const answer = this.#requests.add(id, type, timeoutMs);
    // The compiler does not see that these fields are those of this type.
    this.#wire.send(encode({ ...fields, type, id } as unknown as Request));
    const outcome = await answer;
    if (!outcome.ok) return outcome;
    // PendingRequests let only a reply of the fitting type through.
    return ok(outcome.value as ReplyTo<T>);
  }

  /** A page of blocks as the text that it came as: the blocks in their order, with commas between them. Never rejects. */
  async requestBlockTexts(from: number, limit: number): Promise<Result<Buffer, RequestFailure>> {
    const id = nanoid();
    this.#texts.set(id, undefined);
    const page = await this.request("blocks", { from, limit }, REQUEST_TIMEOUT_MS, id);
    const text = this.#texts.get(id);
    this.#texts.delete(id);
    if (!page.ok) return page;
    const { blocks } = page.value;
    return ok(text ?? Buffer.from(blocks.map((block) => JSON.stringify(block)).join(",")));
  }

  /** Ends the connection from this side. */
  drop(reason: string): void {
    this.#dropReason ??= reason;
    this.#wire.drop();
    // Do not wait for the other side to agree.
    this.#end(reason);
  }

  #receive(frame: Buffer): void {
    if (this.#hasEnded) return;
    const split = this.#texts.size > 0 ? splitBlocksFrame(frame) : undefined;
    // A page that somebody else has asked for is one like any message.
    const page = split !== undefined && this.#texts.has(split.re) ? split : undefined;
    const decoded = decodeHubMessage(page === undefined ? frame.toString() : page.shell);
    if (!decoded.ok) {
      const { path, expected, actual } = decoded.error;
      this.#refuse(`the hub sent a malformed message: ${path || "it"} should be ${expected}, but is ${actual}`);
      return;
    }
    if (page !== undefined) this.#texts.set(page.re, page.blocks);
    const wrong = this.#take(decoded.value, frame.length);
    if (wrong !== undefined) this.#refuse(wrong);
  }

  #refuse(reason: string): void {
    this.#isMisdeed = true;
    this.drop(reason);
  }

  /** Returns what is wrong, if anything is. */
  #take(message: HubMessage, bytes: number): string | undefined {
    if (isReply(message)) return this.#requests.take(message);
    if (message.type === "hello") {
      if (this.#hello !== undefined) return "the hub said hello twice";
      this.#hello = message;
      this.#setup.clock.addSample(this.#dialledAtMs, this.#setup.runtime.monotonicMs(), message.time);
      this.#cancelTimer();
      this.#schedulePing();
      this.#handlers.greeted(message);
      return undefined;
    }
    if (this.#hello === undefined) return `the hub sent ${message.type} before its hello`;
    this.#handlers.heard(message, bytes);
    return undefined;
  }

  #schedulePing(): void {
    if (this.#hasEnded) return;
    const delayMs = this.#pings < FIRST_PINGS ? FIRST_PINGS_EVERY_MS * this.#pings : PING_EVERY_MS;
    this.#cancelTimer = this.#setup.runtime.schedule(delayMs, () => void this.#ping());
  }

  async #ping(): Promise<void> {
    const { runtime, clock } = this.#setup;
    this.#pings++;
    const sentAtMs = runtime.monotonicMs();
    const pong = await this.request("ping", {}, PING_TIMEOUT_MS);
    if (this.#hasEnded) return;
    if (pong.ok) clock.addSample(sentAtMs, runtime.monotonicMs(), pong.value.time);
    else if (pong.error.kind === "lost") return this.drop("the hub does not answer any more");
    this.#schedulePing();
  }

  #end(reason: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#cancelTimer();
    const why = this.#dropReason ?? reason;
    this.#dropReason = why;
    this.#requests.loseAll(why);
    this.#handlers.ended(why, this.#isMisdeed);
  }
}

function isReply(message: HubMessage): message is Reply {
  return "re" in message;
}
