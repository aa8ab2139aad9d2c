import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Hands a WebSocket handshake, and all that follows it, to another port of this machine. */
export function divertUpgrade(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
  }
  const other = connect(port, "127.0.0.1", () => {
    other.write(`${lines.join("\r\n")}\r\n\r\n`);
    other.write(head);
    socket.pipe(other).pipe(socket);
  });
  const end = (): void => {
    socket.destroy();
    other.destroy();
  };
  for (const side of [socket, other]) {
    side.on("error", end);
    side.on("close", end);
  }
}
