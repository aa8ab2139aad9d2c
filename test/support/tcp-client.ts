import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

const OPCODE_TEXT = 0x1;
export const OPCODE_BINARY = 0x2;
const OPCODE_CLOSE = 0x8;
const FINAL = 0x80;
const MASKED = 0x80;

/** A socket that speaks WebSocket byte by byte (RFC 6455 §5.2), to cut and glue packets as no library does. */
export class TcpClient {
  readonly socket: Socket;
  /** Text messages of the hub, in order. */
  readonly messages: string[] = [];
  /** Resolves with the code of the protocol that the close frame carries, or "" where there was none. */
  readonly closed: Promise<string>;
  #received = Buffer.alloc(0);
  #isOpen = false;
  #reason = "";
  /** The parts of a message that comes in fragments (§5.4). */
  #parts: Buffer[] = [];

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk) => this.#receive(chunk));
    this.socket.on("error", () => {});
    this.closed = once(this.socket, "close").then(() => this.#reason);
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  /** A client's handshake, as bytes. */
  static handshake(): Buffer {
    const key = randomBytes(16).toString("base64");
    return Buffer.from(
      `GET / HTTP/1.1\r\nhost: hub\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`,
    );
  }

  /** A client's frame, as bytes. */
  static frame(payload: Buffer | string, opcode = OPCODE_TEXT): Buffer {
    const bytes = Buffer.from(payload);
    const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65_536 ? 4 : 10);
    head[0] = FINAL | opcode;
    if (head.length === 2) head[1] = MASKED | bytes.length;
    if (head.length === 4) {
      head[1] = MASKED | 126;
      head.writeUInt16BE(bytes.length, 2);
    }
    if (head.length === 10) {
      head[1] = MASKED | 127;
      head.writeBigUInt64BE(BigInt(bytes.length), 2);
    }
    // A mask of zeros changes nothing.
    return Buffer.concat([head, Buffer.alloc(4), bytes]);
  }

  /** Writes bytes, in one packet as far as the system lets it. */
  write(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** Waits until so many messages have come. */
  async received(count: number): Promise<readonly string[]> {
    while (this.messages.length < count) await once(this.socket, "data");
    return this.messages;
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    if (!this.#isOpen) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end === -1) return;
      this.#isOpen = true;
      this.#received = this.#received.subarray(end + 4);
    }
    while (this.#takeFrame());
  }

  #takeFrame(): boolean {
    if (this.#received.length < 2) return false;
    const [first = 0, second = 0] = this.#received;
    const extended = second === 126 ? 2 : second === 127 ? 8 : 0;
    if (this.#received.length < 2 + extended) return false;
    const length =
      extended === 0
        ? second
        : extended === 2
          ? this.#received.readUInt16BE(2)
          : Number(this.#received.readBigUInt64BE(2));
    const end = 2 + extended + length;
    if (this.#received.length < end) return false;
    const payload = this.#received.subarray(2 + extended, end);
    this.#received = this.#received.subarray(end);
    if ((first & 0xf) === OPCODE_CLOSE) {
      this.#reason = payload.subarray(2).toString();
      this.socket.end(TcpClient.frame(payload, OPCODE_CLOSE));
      return true;
    }
    this.#parts.push(payload);
    if ((first & FINAL) !== 0) {
      this.messages.push(Buffer.concat(this.#parts).toString());
      this.#parts = [];
    }
    return true;
  }
}
