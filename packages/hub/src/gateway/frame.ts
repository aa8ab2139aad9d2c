/** WebSocket frames as bytes (RFC 6455 §5.2), so that one frame can be written to many sockets. */
import { Sender } from "ws";

const CONTINUATION = 0x0;
const TEXT = 0x1;
const PING = 0x9;
const PONG = 0xa;

/** A whole message as one frame. */
export function textFrame(text: string): Buffer {
  return frame(Buffer.from(text), TEXT, true);
}

/** The first part of a message that comes in three fragments (§5.4): the middle one can then be shared. */
export function firstFragment(text: string): Buffer {
  return frame(Buffer.from(text), TEXT, false);
}

export function middleFragment(text: string): Buffer {
  return frame(Buffer.from(text), CONTINUATION, false);
}

export function lastFragment(text: string): Buffer {
  return frame(Buffer.from(text), CONTINUATION, true);
}

/** The same for everybody. */
export const pingFrame: Buffer = frame(Buffer.alloc(0), PING, true);

/** Answers a ping with its own payload (§5.5.3). */
export function pongFrame(payload: Buffer): Buffer {
  return frame(payload, PONG, true);
}

function frame(payload: Buffer, opcode: number, fin: boolean): Buffer {
  return Buffer.concat(Sender.frame(payload, { fin, opcode, mask: false, readOnly: true }));
}
