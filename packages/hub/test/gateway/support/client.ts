import { once } from "node:events";
import { decodeHubMessage } from "pos-shared/protocol/codec.ts";
import type { HubMessage, Push, PushOf, Reply, ReplyOf } from "pos-shared/protocol/hub-messages.ts";
import { onTestFinished } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import type { Person } from "./person.ts";
import type { TestHub } from "./test-hub.ts";

interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A real WebSocket client. Everything that comes is checked against its form. */
export class TestClient {
  readonly ws: WebSocket;
  /** Everything that came and nobody asked for yet, in order. */
  readonly inbox: HubMessage[] = [];
  /** All pushes that ever came. */
  readonly history: Push[] = [];
  readonly closed: Promise<Closing>;
  #hello: PushOf<"hello"> | undefined;
  #requests = 0;
  #waiting: (() => void)[] = [];

  constructor(url: string, options: ClientOptions = {}, protocols: string[] = ["pos.v1"]) {
    this.ws = new WebSocket(url, protocols, options);
    this.ws.on("message", (data) => {
      const decoded = decodeHubMessage(data.toString());
      if (!decoded.ok) throw new Error(`${JSON.stringify(decoded.error)} in ${data.toString().slice(0, 300)}`);
      this.inbox.push(decoded.value);
      if (!("re" in decoded.value)) this.history.push(decoded.value);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.closed = new Promise((resolve) => {
      this.ws.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.ws.on("error", () => {});
    onTestFinished(() => this.ws.terminate());
  }

  /** What the hub greeted with. */
  get hello(): PushOf<"hello"> {
    if (this.#hello === undefined) throw new Error("not greeted yet");
    return this.#hello;
  }

  get challenge(): string {
    return this.hello.challenge;
  }

  async greeted(): Promise<this> {
    this.#hello = await this.push("hello");
    return this;
  }

  /** The first message, past or coming, that fits; it is taken out of the inbox. */
  async take<M extends HubMessage>(fits: (message: HubMessage) => message is M): Promise<M>;
  async take(fits: (message: HubMessage) => boolean): Promise<HubMessage>;
  async take(fits: (message: HubMessage) => boolean): Promise<HubMessage> {
    for (;;) {
      const found = this.inbox.find(fits);
      if (found !== undefined) {
        this.inbox.splice(this.inbox.indexOf(found), 1);
        return found;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  push<T extends Push["type"]>(type: T): Promise<PushOf<T>> {
    return this.take((message): message is PushOf<T> => !("re" in message) && message.type === type);
  }

  /** The next refusal. */
  error(): Promise<ReplyOf<"error">> {
    return this.take((message): message is ReplyOf<"error"> => message.type === "error");
  }

  /** Sends a request with an id of its own and waits for its reply. */
  async request(body: object): Promise<Reply> {
    const id = this.send(body);
    return await this.take((message): message is Reply => "re" in message && message.re === id);
  }

  /** Sends a request and returns its id. */
  send(body: object): string {
    const id = `r${++this.#requests}`;
    this.ws.send(JSON.stringify({ ...body, id }));
    return id;
  }

  async logIn(person: Person, changes: object = {}): Promise<Reply> {
    return await this.request(person.login(this.challenge, changes));
  }
}

/** Connected and greeted. */
export async function connect({ gateway }: TestHub, options: ClientOptions = {}): Promise<TestClient> {
  return await new TestClient(gateway.url, options).greeted();
}

/** Logged in, joined and bonded. */
export async function connectValidator(hub: TestHub, person: Person, stake: number): Promise<TestClient> {
  const client = await connect(hub);
  await client.logIn(person);
  await client.request({ type: "transact", transaction: person.join() });
  await client.request({ type: "transact", transaction: person.bond(stake) });
  return client;
}

/** The status of the HTTP answer to a handshake that was refused, and the code in it. */
export async function refusedHandshake(client: TestClient): Promise<{ status: number | undefined; code: string }> {
  const [, response] = await once(client.ws, "unexpected-response");
  let body = "";
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, code: JSON.parse(body).error.code };
}

/** Closes so many rounds, each with a proposal of one validator. */
export async function sealRounds(hub: TestHub, client: TestClient, person: Person, rounds: number): Promise<void> {
  for (let i = 0; i < rounds; i++) {
    await client.request({ type: "propose", proposal: person.proposal(72) });
    await hub.closeRound();
  }
}
