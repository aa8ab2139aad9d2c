import type { Duplex } from "node:stream";

/**
 * Says something last and ends the connection. It is gone after `patienceMs` also where the other side neither reads nor
 * ends its own half: nothing else looks for such a socket any more.
 */
export function closeWith(socket: Duplex, text: string, patienceMs: number): void {
  socket.on("error", ignore);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const timer = setTimeout(() => socket.destroy(), patienceMs);
  socket.once("close", () => clearTimeout(timer));
  // What still comes is of no use, but the other side's end is only seen behind it.
  socket.resume();
  socket.end(text);
}

function ignore(): void {}
