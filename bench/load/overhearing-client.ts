import { connect, type Socket } from "node:net";
import { clientFrame, FrameReader, handshakeOf } from "./ws-frames.ts";

const HEADERS_END = "\r\n\r\n";

/** One subscriber that keeps what a hub pushes, byte for byte. */
export class OverhearingClient {
  readonly #socket: Socket;
  readonly #frames: Buffer[] = [];
  #onFrame: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(port: number): Promise<OverhearingClient> {
    const socket = connect(port, "127.0.0.1");
    const client = new OverhearingClient(socket);
    const reader = new FrameReader();
    let head = "";
    socket.write(handshakeOf(port));
    socket.on("data", (chunk) => {
      let rest: Buffer = chunk;
      if (!head.includes(HEADERS_END)) {
        head += chunk.toString("latin1");
        const end = head.indexOf(HEADERS_END);
        if (end === -1) return;
        rest = Buffer.from(head.slice(end + HEADERS_END.length), "latin1");
        socket.write(clientFrame(JSON.stringify({ type: "subscribe", id: "s" })));
      }
      for (const { payload, opcode } of reader.read(rest)) client.#keep(opcode, payload);
    });
    // Hello, and the reply to the subscription.
    await client.hear(2);
    return client;
  }

  /** The next so many frames, as they came over the wire. */
  async hear(count: number): Promise<Buffer[]> {
    while (this.#frames.length < count) {
      await new Promise<void>((resolve) => {
        this.#onFrame = resolve;
      });
    }
    return this.#frames.splice(0, count);
  }

  close(): void {
    this.#socket.resetAndDestroy();
  }

  #keep(opcode: number, payload: Buffer): void {
    this.#frames.push(serverFrame(opcode, payload));
    this.#onFrame();
  }
}

/** A frame as a server sends it: not masked. */
function serverFrame(opcode: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(payload.length < 126 ? 2 : 4);
  header[0] = 0x80 | opcode;
  header[1] = payload.length < 126 ? payload.length : 126;
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}
