import type { Socket } from "node:net";

/** The least that a fan-out can be: one buffer, written to one socket after the other. */
export function writeToAll(sockets: Iterable<Socket>, frame: Buffer): void {
  for (const socket of sockets) socket.write(frame);
}
