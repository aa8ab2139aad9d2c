/** WebSocket frames as bytes (RFC 6455 §5.2), so that one frame can be written to many sockets. A hub never masks. */

/** The last frame of its message, and the only one. */
const FIN = 0x80;
const TEXT = 0x1;
const PING = 0x9;
const PONG = 0xa;

/** Lengths below are in the second byte itself; a number of these says that 2 or 8 more bytes hold it. */
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** A whole message as one frame. */
export function textFrame(text: string): Buffer {
  return frame(Buffer.from(text), TEXT);
}

/** A message in parts, to be written one after the other: what is large, or shared, is not copied. */
export function textFrameOf(parts: readonly Buffer[]): readonly Buffer[] {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return [header(bytes, TEXT), ...parts];
}

/** The same for everybody. */
export const pingFrame: Buffer = frame(Buffer.alloc(0), PING);

/** Answers a ping with its own payload (§5.5.3). */
export function pongFrame(payload: Buffer): Buffer {
  return frame(payload, PONG);
}

function frame(payload: Buffer, opcode: number): Buffer {
  return Buffer.concat([header(payload.length, opcode), payload]);
}

function header(payloadBytes: number, opcode: number): Buffer {
  if (payloadBytes < LENGTH_IN_2_BYTES) return Buffer.from([FIN | opcode, payloadBytes]);
  if (payloadBytes < 2 ** 16) {
    const bytes = Buffer.from([FIN | opcode, LENGTH_IN_2_BYTES, 0, 0]);
    bytes.writeUInt16BE(payloadBytes, 2);
    return bytes;
  }
  const bytes = Buffer.from([FIN | opcode, LENGTH_IN_8_BYTES, 0, 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeBigUInt64BE(BigInt(payloadBytes), 2);
  return bytes;
}
