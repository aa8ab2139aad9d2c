import type { Opening } from "pos-shared/model/opening.ts";
import { decodeHubMessage } from "pos-shared/protocol/codec.ts";
import { WebSocket } from "ws";
import type { CodeCounts } from "./code-counts.ts";
import type { Person } from "./person.ts";

/** What a frame may be made from. */
export interface Known {
  readonly chainId: string;
  readonly opening: Opening | null;
}

/** A connection over which anything is sent. Everything that comes back is held to its form, each code counted. */
export class FuzzWire implements Known {
  chainId = "";
  opening: Opening | null = null;
  /** Resolves when the hub, or a broken frame, has ended it. */
  readonly closed: Promise<void>;
  readonly #ws: WebSocket;
  readonly #barriers = new Map<string, () => void>();
  #sent = 0;

  private constructor(url: string, counts: CodeCounts, onHello: (challenge: string) => void) {
    this.#ws = new WebSocket(url, ["pos.v1"]);
    this.#ws.on("error", () => {});
    this.#ws.on("message", (data) => {
      const decoded = decodeHubMessage(data.toString());
      if (!decoded.ok) throw new Error(`${JSON.stringify(decoded.error)} in ${data.toString().slice(0, 300)}`);
      const message = decoded.value;
      if (message.type === "error") counts.add(message.code);
      if (message.type === "opening" || message.type === "subscribed") this.opening = message.opening;
      if (message.type === "pong") this.#barriers.get(message.re)?.();
      if (message.type !== "hello") return;
      this.chainId = message.chainId;
      onHello(message.challenge);
    });
    this.closed = new Promise((resolve) => {
      this.#ws.on("close", (_status, reason) => {
        counts.add(reason.toString());
        resolve();
      });
    });
  }

  /** Connected; with a person also logged in, subscribed and bonded. */
  static async open(url: string, counts: CodeCounts, person: Person | undefined): Promise<FuzzWire> {
    let wire: FuzzWire | undefined;
    const challenge = await new Promise<string>((resolve) => {
      wire = new FuzzWire(url, counts, resolve);
    });
    if (wire === undefined) throw new Error("never");
    if (person === undefined) return wire;
    const { chainId } = wire;
    wire.sendJson(person.login(chainId, challenge));
    wire.sendJson({ type: "subscribe" });
    // The second time they are refused, which is as good.
    wire.sendJson({
      type: "transact",
      transaction: person.transaction(chainId, { type: "join", name: person.name, grant: 1_000 }),
    });
    wire.sendJson({
      type: "transact",
      transaction: person.transaction(chainId, { type: "bond", nonce: 1, amount: 100 }),
    });
    await wire.settled();
    return wire;
  }

  send(frame: string | Buffer): void {
    this.#ws.send(frame);
  }

  sendJson(body: object): void {
    this.#ws.send(JSON.stringify({ ...body, id: `own-${++this.#sent}` }));
  }

  /** Waits until the hub has dealt with all that was sent. Says false where it has closed the connection instead. */
  async settled(): Promise<boolean> {
    const id = `barrier-${++this.#sent}`;
    const answered = new Promise<boolean>((resolve) => this.#barriers.set(id, () => resolve(true)));
    this.#ws.send(JSON.stringify({ type: "ping", id }));
    const isOpen = await Promise.race([answered, this.closed.then(() => false)]);
    this.#barriers.delete(id);
    return isOpen;
  }

  drop(): void {
    this.#ws.terminate();
  }
}
