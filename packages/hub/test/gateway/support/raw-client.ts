import { randomBytes } from "node:crypto";
import { connect as connectSocket, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { TestHub } from "./test-hub.ts";

/** Header bits of a frame (RFC 6455 §5.2). */
export const FIN = 0x80;
export const RSV1 = 0x40;

/** A whole frame; `first` is its first byte, FIN and opcode. Payloads of up to 125 bytes. */
export function maskedFrame(first: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from([first, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
}

/** A socket that speaks WebSocket byte by byte, to send what no library would. */
export class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);

  constructor(hub: TestHub, { allowHalfOpen = false } = {}) {
    this.socket = connectSocket({ port: hub.gateway.port, host: "127.0.0.1", allowHalfOpen });
    this.socket.on("data", (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
    });
    this.socket.on("error", () => {});
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  get received(): Buffer {
    return this.#received;
  }

  shakeHands(headers: readonly string[] = []): void {
    const lines = [
      "GET / HTTP/1.1",
      "host: hub",
      "upgrade: websocket",
      "connection: upgrade",
      "sec-websocket-version: 13",
    ];
    const key = `sec-websocket-key: ${randomBytes(16).toString("base64")}`;
    this.socket.write([...lines, key, ...headers, "", ""].join("\r\n"));
  }

  /** Sends one masked frame; `first` is its first byte, FIN and opcode. Payloads of up to 125 bytes. */
  send(first: number, payload: Buffer | string = ""): void {
    this.socket.write(maskedFrame(first, payload));
  }

  /** Writes bytes one by one, each in a turn of its own, until all are written or the hub has closed. */
  async dribble(bytes: Buffer): Promise<void> {
    this.socket.setNoDelay(true);
    for (let at = 0; at < bytes.length && this.socket.writable; at++) {
      this.socket.write(bytes.subarray(at, at + 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Status and reason of the close frame that ended the connection, or will. */
  async closing(): Promise<{ code: number; reason: string }> {
    if (!this.socket.closed) await new Promise((resolve) => this.socket.once("close", resolve));
    const frame = this.#received.subarray(this.#received.lastIndexOf(FIN | 0x8));
    return { code: frame.readUInt16BE(2), reason: frame.subarray(4, 2 + (frame[1] ?? 0)).toString() };
  }
}
