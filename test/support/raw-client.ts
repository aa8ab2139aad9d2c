/** The protocol without the client program: what a stranger's own program could send (DESIGN §9). No test runner in here. */

import { nextSeed } from "pos-shared/lottery/seed.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { decodeHubMessage } from "pos-shared/protocol/codec.ts";
import type { Push, PushOf, Reply, ReplyOf } from "pos-shared/protocol/hub-messages.ts";
import { WebSocket } from "ws";
import { Inbox } from "./inbox.ts";
import type { Person, Slot } from "./person.ts";

export interface Closing {
  readonly status: number;
  /** The code of the protocol (docs/protocol.md). */
  readonly reason: string;
}

export class RawClient {
  readonly ws: WebSocket;
  readonly pushes = new Inbox<Push>();
  readonly closed: Promise<Closing>;
  /** Bytes of all frames that came. */
  bytesReceived = 0;
  /** The last block known, and the seed in force after it. */
  #tip: { readonly index: number; readonly hash: string; readonly seed: string } | undefined;
  /** The last round that opened. */
  opening: Opening | null = null;
  #hello: PushOf<"hello"> | undefined;
  #nonce = 1;
  #requests = 0;
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  readonly #openingWaiters: (() => void)[] = [];

  constructor(url: string) {
    this.ws = new WebSocket(url, ["pos.v1"]);
    this.ws.on("message", (data) => this.#receive(data.toString()));
    this.ws.on("error", () => {});
    this.closed = new Promise((resolve) => {
      this.ws.on("close", (status, reason) => {
        resolve({ status, reason: reason.toString() });
        this.pushes.end(new Error(`the hub closed the connection: ${reason.toString() || status}`));
      });
    });
  }

  get hello(): PushOf<"hello"> {
    if (this.#hello === undefined) throw new Error("not greeted yet");
    return this.#hello;
  }

  get chainId(): string {
    return this.hello.chainId;
  }

  /** Blocks that were pushed, in order. */
  get blocks(): readonly Block[] {
    return this.pushes.all.flatMap((push) => (push.type === "block" ? [push.block as Block] : []));
  }

  /** What a proposal for the open round is signed for. */
  get slot(): Slot {
    if (this.opening === null || this.#tip === undefined) throw new Error("no round is open");
    const { round, prevHash } = this.opening;
    return { round, prevHash, seed: this.#tip.seed };
  }

  async greeted(): Promise<this> {
    await this.push("hello");
    return this;
  }

  /** The first push of a type, past or coming, that fits and was not taken before. */
  push<T extends Push["type"]>(type: T, fits: (push: PushOf<T>) => boolean = () => true): Promise<PushOf<T>> {
    return this.pushes.take((push): push is PushOf<T> => push.type === type && fits(push as PushOf<T>));
  }

  /** Waits for the block of an index. */
  async block(index: number): Promise<Block> {
    const push = await this.push("block", ({ block }) => (block as Block).index === index);
    return push.block as Block;
  }

  /** Waits for the next block that is pushed and not yet taken. */
  async nextBlock(): Promise<Block> {
    return (await this.push("block")).block as Block;
  }

  /** Sends a request under an id of its own and waits for its reply. */
  request(body: object): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.send(body), resolve);
      void this.closed.then(({ reason }) => reject(new Error(`closed before the reply: ${reason}`)));
    });
  }

  /** A request that must be answered in just one way. */
  async ask<T extends Reply["type"]>(type: T, body: object): Promise<ReplyOf<T>> {
    const reply = await this.request(body);
    if (reply.type !== type) throw new Error(`${JSON.stringify(body).slice(0, 200)}: ${JSON.stringify(reply)}`);
    return reply as ReplyOf<T>;
  }

  /** Sends a request and returns its id. */
  send(body: object): string {
    const id = `r${++this.#requests}`;
    this.ws.send(JSON.stringify({ ...body, id }));
    return id;
  }

  /** Hears of everything from now on, and knows what is open. */
  async subscribe(): Promise<void> {
    const { tip, opening } = await this.ask("subscribed", { type: "subscribe" });
    if (tip.index === 0) this.#know({ index: 0, hash: this.chainId, seed: this.chainId });
    else {
      const { blocks } = await this.ask("blocks", { type: "blocks", from: tip.index, limit: 1 });
      for (const block of blocks) this.#learn(block as Block);
    }
    if (opening !== null && opening.round > (this.opening?.round ?? 0)) this.#open(opening);
  }

  async logIn(person: Person, token: string | null = null): Promise<ReplyOf<"welcome">> {
    const welcome = await this.ask("welcome", person.login(this.chainId, this.hello.challenge, token));
    this.#nonce = welcome.account?.nonce ?? 1;
    return welcome;
  }

  /** Hands a signed transaction in and returns the hub's answer. */
  async transact(person: Person, fields: object): Promise<Reply> {
    return await this.request({ type: "transact", transaction: person.transaction(this.chainId, fields) });
  }

  /** A transaction with the account's next nonce. */
  async transactNext(person: Person, fields: object): Promise<Reply> {
    const reply = await this.transact(person, { ...fields, nonce: this.#nonce });
    if (reply.type === "receipted") this.#nonce += 1;
    return reply;
  }

  /** Becomes a validator with so many tokens at stake. */
  async joinAndBond(person: Person, stake: number, grant = 1_000): Promise<void> {
    expectReceipt(await this.transact(person, { type: "join", name: person.name, grant }));
    expectReceipt(await this.transactNext(person, { type: "bond", amount: stake }));
  }

  /** Waits until a round later than the given one is open, on the last block known. */
  async openRound(after = 0): Promise<Opening> {
    while (this.opening === null || this.opening.round <= after || this.opening.prevHash !== this.#tip?.hash) {
      await new Promise<void>((resolve, reject) => {
        this.#openingWaiters.push(resolve);
        void this.closed.then(({ reason }) => reject(new Error(`closed before a round opened: ${reason}`)));
      });
    }
    return this.opening;
  }

  /** Proposes in the open round, whatever comes of it. */
  async propose(person: Person, bpm: unknown): Promise<Reply> {
    await this.openRound();
    return await this.submit(person.proposal(this.chainId, this.slot, bpm));
  }

  submit(proposal: object): Promise<Reply> {
    return this.request({ type: "propose", proposal });
  }

  /** Proposes until it is accepted: the round may close just before. */
  async proposeUntilAccepted(person: Person, bpm: number): Promise<Proposal> {
    for (let after = 0; ; ) {
      const { round } = await this.openRound(after);
      const proposal = person.proposal(this.chainId, this.slot, bpm);
      const reply = await this.submit(proposal);
      if (reply.type === "accepted") return proposal as Proposal;
      if (reply.type === "error" && !["ROUND_CLOSED", "STALE_TIP"].includes(reply.code)) {
        throw new Error(`the proposal was refused: ${reply.code}`);
      }
      after = round;
    }
  }

  #receive(text: string): void {
    this.bytesReceived += Buffer.byteLength(text);
    const decoded = decodeHubMessage(text);
    if (!decoded.ok) throw new Error(`${JSON.stringify(decoded.error)} in ${text.slice(0, 300)}`);
    const message = decoded.value;
    if ("re" in message) {
      const re = message.re ?? "";
      // A refusal of what could not be read names no request: it answers the oldest one.
      const key = message.re === null ? ([...this.#waiting.keys()][0] ?? "") : re;
      this.#waiting.get(key)?.(message);
      this.#waiting.delete(key);
      return;
    }
    if (message.type === "hello") this.#hello = message;
    if (message.type === "block") this.#learn(message.block as Block);
    if (message.type === "opening") this.#open(message.opening);
    if (message.type === "idle") this.opening = null;
    this.pushes.add(message);
  }

  #learn(block: Block): void {
    const { index, hash } = block;
    this.#know({ index, hash, seed: nextSeed(this.chainId, block) });
  }

  #know(tip: { readonly index: number; readonly hash: string; readonly seed: string }): void {
    if (this.#tip === undefined || this.#tip.index < tip.index) this.#tip = tip;
    this.#wakeOpening();
  }

  #open(opening: Opening): void {
    this.opening = opening;
    this.#wakeOpening();
  }

  #wakeOpening(): void {
    for (const wake of this.#openingWaiters.splice(0)) wake();
  }
}

function expectReceipt(reply: Reply): void {
  if (reply.type !== "receipted") throw new Error(`not accepted: ${JSON.stringify(reply)}`);
}
