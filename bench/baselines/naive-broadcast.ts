import type { WebSocketServer } from "ws";

/** What one writes first: the documentation's own example of a broadcast, which serialises for each client anew. */
export function broadcast(server: WebSocketServer, message: unknown): void {
  for (const client of server.clients) {
    if (client.readyState === client.OPEN) client.send(JSON.stringify(message));
  }
}
