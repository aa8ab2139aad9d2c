import { connect, type Socket } from "node:net";
import { sharedClockMs } from "../run/cpu.ts";
import { clientFrame, handshakeOf } from "./ws-frames.ts";

/** What a socket says until it is ready to listen. */
export type SinkKind = "bare" | "ws" | "hub";

const SUBSCRIBE = clientFrame(JSON.stringify({ type: "subscribe", id: "s" }));
const PONG = clientFrame("", 0xa);

/** Read into by all sockets: nothing of what comes is kept. */
const buffer = Buffer.alloc(256 * 1024);

/** A socket that only counts bytes, so that as many as possible fit beside the server on one machine. */
export class SinkSocket {
  readonly #socket: Socket;
  readonly ready: Promise<void>;
  bytes = 0;
  isOpen = true;
  /** When `wanted` bytes had come, on the clock of all processes; 0: not yet. */
  reachedMs = 0;
  #wanted = Number.POSITIVE_INFINITY;
  #onReached: () => void = () => {};
  #heard = "";
  #isReady: (() => void) | undefined;

  constructor(port: number, kind: SinkKind) {
    this.#socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer, callback: (bytes) => this.#take(bytes, kind) },
    });
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#socket.once("error", reject);
    });
    this.#socket.once("connect", () => {
      if (kind !== "bare") this.#socket.write(handshakeOf(port));
    });
    this.#socket.on("error", () => {});
    this.#socket.once("close", () => {
      this.isOpen = false;
    });
  }

  /** Calls back once so many more bytes have come. */
  await(bytes: number, onReached: () => void): void {
    this.bytes = 0;
    this.reachedMs = 0;
    this.#wanted = bytes;
    this.#onReached = onReached;
  }

  /** A sign of life, unasked (RFC 6455 §5.5.3). */
  pong(): void {
    this.#socket.write(PONG);
  }

  /** Without the minute in which a port that was closed in order cannot be used again. */
  close(): void {
    this.#socket.resetAndDestroy();
  }

  #take(bytes: number, kind: SinkKind): boolean {
    if (this.#isReady !== undefined) {
      this.#greet(buffer.toString("latin1", 0, bytes), kind);
      return true;
    }
    this.bytes += bytes;
    if (this.bytes >= this.#wanted && this.reachedMs === 0) {
      this.reachedMs = sharedClockMs();
      this.#onReached();
    }
    return true;
  }

  /** Handshake, hello, subscription: after its reply nothing but pushes comes. */
  #greet(text: string, kind: SinkKind): void {
    if (kind === "bare") {
      this.#settle();
      return;
    }
    const before = this.#heard;
    this.#heard += text;
    if (!this.#heard.includes("\r\n\r\n")) return;
    if (kind === "ws" || this.#heard.includes('"subscribed"')) this.#settle();
    else if (!before.includes("\r\n\r\n")) this.#socket.write(SUBSCRIBE);
  }

  #settle(): void {
    this.#heard = "";
    this.#isReady?.();
    this.#isReady = undefined;
  }
}
