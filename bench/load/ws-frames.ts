/** The client's side of WebSocket (RFC 6455), just enough to load a server: no extension, the same mask always. */
import { randomBytes } from "node:crypto";

export interface Frame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly payload: Buffer;
}

export const HEADERS_END = "\r\n\r\n";

export const OPCODE = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

/** §4.1, with the hub's subprotocol. */
export function handshakeOf(port: number): string {
  return [
    "GET / HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: pos.v1",
    "\r\n",
  ].join("\r\n");
}

/** Not zero, which would cost the server nothing to take off. */
const MASK = Buffer.from([0x5a, 0x1f, 0xc3, 0x78]);

/** A masked frame (§5.3). */
export function clientFrame(text: string, opcode: number = OPCODE.text): Buffer {
  const payload = Buffer.from(text).map((byte, i) => byte ^ (MASK[i % MASK.length] ?? 0));
  const header = Buffer.alloc(payload.length < 126 ? 6 : 8);
  MASK.copy(header, header.length - MASK.length);
  header[0] = 0x80 | opcode;
  if (payload.length < 126) {
    header[1] = 0x80 | payload.length;
  } else {
    header[1] = 0x80 | 126;
    header.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([header, payload]);
}

/** Cuts what a server sends into frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** All frames that are whole now. `chunk` may be overwritten afterwards. */
  read(chunk: Buffer): Frame[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      const [start, length] = partsAt(bytes, at);
      if (start + length > bytes.length) break;
      const first = bytes[at] ?? 0;
      frames.push({
        opcode: first & 0x0f,
        fin: (first & 0x80) !== 0,
        payload: Buffer.from(bytes.subarray(start, start + length)),
      });
      at = start + length;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
    return frames;
  }
}

/** Where the payload of the frame at `at` starts, and its length; past the end where the header is not whole. */
function partsAt(bytes: Buffer, at: number): readonly [start: number, length: number] {
  const beyond = [bytes.length, 1] as const;
  if (bytes.length < at + 2) return beyond;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  if (short < 126) return [at + 2, short];
  if (short === 126) return bytes.length < at + 4 ? beyond : [at + 4, bytes.readUInt16BE(at + 2)];
  return bytes.length < at + 10 ? beyond : [at + 10, Number(bytes.readBigUInt64BE(at + 2))];
}
