import type { Socket } from "node:net";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Fault } from "pos-shared/model/fault.ts";
import { encode } from "pos-shared/protocol/codec.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import type { HubMessage } from "pos-shared/protocol/hub-messages.ts";
import type { WebSocket } from "ws";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { hostAndPort } from "./address.ts";
import { type ClosingCode, closeStatusOf, isClosingCode } from "./close-codes.ts";
import { errorMessage } from "./error-message.ts";
import { pingFrame, textFrame } from "./frame.ts";
import type { PageRequest } from "./page-request.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** What all sessions of a gateway share. */
export interface SessionSurroundings {
  readonly telemetry: Telemetry;
  /** A client with more unsent bytes is too slow. Grows with the largest broadcast. */
  maxUnsentBytes: number;
}

/** Two sessions of one key, of which one must go. */
export interface KeyContest {
  /** Something came from one of them. */
  readonly onSign: (session: Session) => void;
  /** One of them has ended. */
  readonly onEnd: (session: Session) => void;
}

/** Silent through so many heartbeats, and a connection counts as gone ... */
const MAX_SILENT_HEARTBEATS = 3;
/** ... unless it may still be busy taking what was sent: at 1 kB/s, so many bytes a heartbeat of 15 s, ... */
const SLOWEST_BYTES_PER_HEARTBEAT = 15_000;
/** ... for 20 minutes at most. */
const MAX_PATIENCE_HEARTBEATS = 80;

/** One connection. There may be 20,000, so it has no timer and no closure of its own (PERFORMANCE, rule 2). */
export class Session {
  /** What a login signs; null once it has, as nobody signs it twice. */
  challenge: Hex | null;
  readonly address: string;
  readonly bucket: TokenBucket;
  /** Of the login; null for a spectator. */
  publicKey: Hex | null = null;
  /** The first batch of broadcasts that this session has not seen in its state; null: not subscribed. */
  firstBatch: number | null = null;
  /** Page requests that wait for their turn; null: none. */
  waitingPages: PageRequest[] | null = null;
  /** Pieces of what this client gives back to a recovering hub; null: none. */
  restoring: { readonly pieces: string[]; units: number } | null = null;
  /** Another login of the same key asks whether this session still lives, or this one waits for the answer. */
  contest: KeyContest | null = null;

  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #surroundings: SessionSurroundings;
  /** Of the unsent bytes, so many may be pages, which were asked for and say nothing about lagging. */
  #pageBytes = 0;
  #silentHeartbeats = 0;
  #bytesRead = 0;
  #bytesWrittenWhenHeard = 0;
  #bytesTaken = 0;

  /** @param socket the one under `ws`: shared frames are written to it as they are. */
  constructor(
    ws: WebSocket,
    socket: Socket,
    address: string,
    challenge: Hex,
    bucket: TokenBucket,
    surroundings: SessionSurroundings,
  ) {
    this.#ws = ws;
    this.#socket = socket;
    this.address = address;
    this.challenge = challenge;
    this.bucket = bucket;
    this.#surroundings = surroundings;
  }

  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  /** Where the client connects from, for people. */
  get from(): string {
    return hostAndPort(this.address, this.#socket.remotePort ?? 0);
  }

  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  /** Sends bytes of one or more whole frames, or closes the connection where too much is unsent already. */
  write(frames: Buffer): void {
    if (!this.isOpen) return;
    const unsent = this.#socket.writableLength;
    if (unsent === 0) this.#pageBytes = 0;
    else if (unsent - this.#pageBytes > this.#surroundings.maxUnsentBytes) {
      this.close("TOO_SLOW");
      return;
    }
    this.#socket.write(frames);
  }

  /** Sends a page that the client asked for, in parts. `written`: called once nothing reads them any more. */
  writePage(parts: readonly Buffer[], written: () => void = () => {}): void {
    if (!this.isOpen) {
      written();
      return;
    }
    if (this.#socket.writableLength === 0) this.#pageBytes = 0;
    this.#socket.cork();
    for (const [i, part] of parts.entries()) {
      this.#pageBytes += part.length;
      // A stream calls back for its chunks in their order, also for those that it could not write.
      this.#socket.write(part, i === parts.length - 1 ? written : undefined);
    }
    this.#socket.uncork();
    this.#surroundings.telemetry.framesSent(1);
  }

  send(message: HubMessage): void {
    this.write(textFrame(encode(message)));
    this.#surroundings.telemetry.framesSent(1);
  }

  /** Tells the client why not, and closes the connection where the code says so. */
  refuse(re: string | null, fault: Fault<ErrorCode>, suggestion: string | null = null): void {
    this.send(errorMessage(re, fault, suggestion));
    if (isClosingCode(fault.code)) this.close(fault.code);
    else this.#surroundings.telemetry.refused(fault.code);
  }

  close(code: ClosingCode): void {
    if (!this.isOpen) return;
    this.#surroundings.telemetry.refused(code);
    this.#ws.close(closeStatusOf(code), code);
  }

  /** Ends the connection without a word. */
  terminate(): void {
    this.#ws.terminate();
  }

  ping(): void {
    this.write(pingFrame);
  }

  /** Calls back once when all that was written has left. */
  onceDrained(then: () => void): void {
    this.#socket.once("drain", then);
  }

  /**
   * Pings a silent client, and says false once it has been silent too long. What was sent since it was last heard
   * comes before the ping on a slow line, so it has the longer for that.
   */
  heartbeat(): boolean {
    const { bytesRead, bytesWritten } = this.#socket;
    if (bytesRead !== this.#bytesRead) {
      this.#bytesRead = bytesRead;
      this.#bytesWrittenWhenHeard = bytesWritten;
      this.#silentHeartbeats = 0;
      return true;
    }
    const patience = (bytesWritten - this.#bytesWrittenWhenHeard) / SLOWEST_BYTES_PER_HEARTBEAT;
    this.#silentHeartbeats += 1;
    if (this.#silentHeartbeats > MAX_SILENT_HEARTBEATS + Math.min(patience, MAX_PATIENCE_HEARTBEATS)) return false;
    this.ping();
    return true;
  }

  /** Does something wait for this client, of which it has taken nothing since this was last asked? */
  isStuck(): boolean {
    const { bytesWritten, writableLength } = this.#socket;
    const bytesTaken = bytesWritten - writableLength;
    const isStuck = writableLength > 0 && bytesTaken === this.#bytesTaken;
    this.#bytesTaken = bytesTaken;
    return isStuck;
  }
}
