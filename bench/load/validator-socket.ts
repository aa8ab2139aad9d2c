import { connect, type Socket } from "node:net";
import type { SecretKey } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { sharedClockMs } from "../run/cpu.ts";
import { clientFrame, FrameReader, HEADERS_END, handshakeOf, OPCODE } from "./ws-frames.ts";

const TYPE_AT = '{"type":"'.length;
const SUBSCRIBE = clientFrame(JSON.stringify({ type: "subscribe", id: "s" }));

/** Read into by all sockets: nothing of it outlives the call. */
const buffer = Buffer.alloc(256 * 1024);

/** A validator's connection as a bare socket: it reads no more of what comes than it has to. */
export class ValidatorSocket {
  readonly key: SecretKey;
  #chainId = "";
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #waits = new Map<string, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  #head = "";
  bytesRead = 0;
  bytesWritten = 0;
  isOpen = true;
  /** When the last block came, in milliseconds of the clock of all processes. */
  blockMs = 0;
  /** Of its frame. */
  blockBytes = 0;
  /** Hears all pushes, as text. One of many sockets needs it. */
  onPush: ((text: string) => void) | null = null;

  constructor(port: number, key: SecretKey) {
    this.key = key;
    this.#socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer,
        callback: (bytes) => {
          this.#take(buffer.subarray(0, bytes));
          return true;
        },
      },
    });
    this.#socket.once("connect", () => this.#write(Buffer.from(handshakeOf(port))));
    this.#socket.on("error", (error) => this.#end(error));
    this.#socket.on("close", () => this.#end(new Error("the hub closed the connection")));
  }

  /** Connected; the greeting. */
  greeted(): Promise<string> {
    return this.#reply("hello");
  }

  /** Greeted, logged in and subscribed; the reply to the subscription. */
  async enter(): Promise<string> {
    const hello = await this.greeted();
    const { challenge, chainId }: { challenge: string; chainId: string } = JSON.parse(hello);
    this.#chainId = chainId;
    const { key } = this;
    const signature = sign(key, "login", chainId, { challenge });
    const welcome = this.#reply("welcome");
    this.send({ type: "login", id: "l", publicKey: key.publicKey, signature, token: null, tip: null });
    await welcome;
    const subscribed = this.#reply("subscribed");
    this.#write(SUBSCRIBE);
    return await subscribed;
  }

  /** Signs a transaction and waits for its receipt. */
  async transact(fields: object): Promise<void> {
    const unsigned = { ...fields, publicKey: this.key.publicKey };
    const transaction = { ...unsigned, signature: sign(this.key, "tx", this.#chainId, unsigned) };
    const receipt = this.#reply("receipted");
    this.send({ type: "transact", id: "t", transaction });
    await receipt;
  }

  /** Hands a frame in that is ready to go, and waits for the receipt. */
  propose(frame: Buffer): Promise<string> {
    const receipt = this.#reply("accepted");
    this.#write(frame);
    return receipt;
  }

  send(message: object): void {
    this.#write(clientFrame(JSON.stringify(message)));
  }

  close(): void {
    this.#socket.resetAndDestroy();
  }

  #reply(type: string): Promise<string> {
    return new Promise((resolve, reject) => this.#waits.set(type, { resolve, reject }));
  }

  #write(bytes: Buffer): void {
    this.bytesWritten += bytes.length;
    this.#socket.write(bytes);
  }

  #take(chunk: Buffer): void {
    this.bytesRead += chunk.length;
    let rest = chunk;
    if (!this.#head.endsWith(HEADERS_END)) {
      const text = this.#head + chunk.toString("latin1");
      const end = text.indexOf(HEADERS_END);
      this.#head = end === -1 ? text : HEADERS_END;
      if (end === -1) return;
      rest = Buffer.from(text.slice(end + HEADERS_END.length), "latin1");
    }
    for (const { opcode, payload } of this.#reader.read(rest)) {
      if (opcode === OPCODE.ping) this.#write(clientFrame("", OPCODE.pong));
      else if (opcode === OPCODE.text) this.#hear(payload);
    }
  }

  #hear(payload: Buffer): void {
    const type = payload.toString("latin1", TYPE_AT, payload.indexOf('"', TYPE_AT));
    if (type === "block") {
      this.blockMs = sharedClockMs();
      this.blockBytes = payload.length;
    }
    const wait = this.#waits.get(type);
    if (wait !== undefined) {
      this.#waits.delete(type);
      wait.resolve(payload.toString());
    } else if (type === "error") {
      this.#end(new Error(payload.toString()));
    }
    this.onPush?.(payload.toString());
  }

  #end(error: Error): void {
    this.isOpen = false;
    for (const { reject } of this.#waits.values()) reject(error);
    this.#waits.clear();
  }
}
