/** WebSocket frames as bytes (RFC 6455 §5.2), so that one frame can be written to many sockets. A hub never masks. */

/** The last frame of its message, and the only one. */
const FIN = 0x80;
const TEXT = 0x1;
const PING = 0x9;
const PONG = 0xa;

/** Lengths below are in the second byte itself; a number of these says that 2 or 8 more bytes hold it. */
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** A whole message as one frame, written where it stays. */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerBytes(bytes) + bytes);
  frame.write(text, writeHeader(frame, bytes, TEXT));
  return frame;
}

/** A message in parts, to be written one after the other: what is large, or shared, is not copied. */
export function textFrameOf(parts: readonly Buffer[]): readonly Buffer[] {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const header = Buffer.allocUnsafe(headerBytes(bytes));
  writeHeader(header, bytes, TEXT);
  return [header, ...parts];
}

/** The same for everybody. */
export const pingFrame: Buffer = controlFrame(Buffer.alloc(0), PING);

/** Answers a ping with its own payload (§5.5.3). */
export function pongFrame(payload: Buffer): Buffer {
  return controlFrame(payload, PONG);
}

function controlFrame(payload: Buffer, opcode: number): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes(payload.length) + payload.length);
  payload.copy(frame, writeHeader(frame, payload.length, opcode));
  return frame;
}

function headerBytes(payloadBytes: number): number {
  if (payloadBytes < LENGTH_IN_2_BYTES) return 2;
  return payloadBytes < 2 ** 16 ? 4 : 10;
}

/** Returns where the payload begins. */
function writeHeader(frame: Buffer, payloadBytes: number, opcode: number): number {
  frame[0] = FIN | opcode;
  if (payloadBytes < LENGTH_IN_2_BYTES) {
    frame[1] = payloadBytes;
    return 2;
  }
  if (payloadBytes < 2 ** 16) {
    frame[1] = LENGTH_IN_2_BYTES;
    return frame.writeUInt16BE(payloadBytes, 2);
  }
  frame[1] = LENGTH_IN_8_BYTES;
  return frame.writeBigUInt64BE(BigInt(payloadBytes), 2);
}
