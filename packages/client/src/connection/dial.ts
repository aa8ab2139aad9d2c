import type { Socket } from "node:net";
import { isErrorCode } from "pos-shared/protocol/error-codes.ts";
import { SUBPROTOCOL } from "pos-shared/protocol/limits.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import { type RawData, WebSocket } from "ws";
import { connectionWordsOf } from "../words/connection-failures.ts";

export interface WireHandlers {
  /** A text frame's bytes, which are well-formed UTF-8. */
  readonly received: (frame: Buffer) => void;
  /** Once, whether it was ever open or not. `reason` in words. */
  readonly closed: (reason: string) => void;
}

/** One WebSocket, or what stands for it in a test. */
export interface Wire {
  readonly send: (frame: string) => void;
  /** Ends it at once; `closed` follows. */
  readonly drop: () => void;
  /** Bytes that came so far, those of unfinished frames too. */
  readonly receivedBytes: () => number;
}

export type Dial = (url: string, handlers: WireHandlers) => Wire;

const HANDSHAKE_TIMEOUT_MS = 10_000;
/** A page of blocks is near 1 MiB, one of proposals about 0.7; a single block of many transactions may be more. */
const MAX_RECEIVED_BYTES = 16 * 1024 * 1024;

/** Dials a hub. Compression is off: the hub sends each frame as the same bytes to everybody (docs/protocol.md). */
export const dialWebSocket: Dial = (url, handlers) => {
  const socket = new WebSocket(url, [SUBPROTOCOL], {
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_RECEIVED_BYTES,
  });
  let failure: string | undefined;
  let tcp: Socket | undefined;
  socket.on("upgrade", (response) => {
    tcp = response.socket;
  });
  socket.on("message", (data, isBinary) => {
    if (isBinary) {
      failure ??= "the hub sent a binary frame";
      socket.terminate();
      return;
    }
    handlers.received(bytesOf(data));
  });
  socket.on("error", (error) => {
    failure ??= wordsOf(error, url, tcp !== undefined);
  });
  socket.on("close", (code, reason) => {
    handlers.closed(failure ?? describeClose(code, reason.toString()));
  });
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    drop: () => socket.terminate(),
    receivedBytes: () => tcp?.bytesRead ?? 0,
  };
};

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function wordsOf(error: Error, url: string, wasOpen: boolean): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return connectionWordsOf({ code, message: error.message, isTls: url.startsWith("wss:"), wasOpen });
}

/** The hub closes with a code of the protocol as its reason (docs/protocol.md). */
function describeClose(code: number, reason: string): string {
  if (isErrorCode(reason)) return sentenceOf({ code: reason });
  if (reason !== "") return reason;
  return code === 1006 ? "the connection was cut" : `the hub closed the connection (${code})`;
}
