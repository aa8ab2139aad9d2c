import { once } from "node:events";
import { SUBPROTOCOL } from "pos-shared/protocol/limits.ts";
import { onTestFinished } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

/** A frame of the hub as it came, and as the object in it. */
type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** What becomes of a frame of the hub: the texts that are sent in its place, none where it is kept back. */
export type Lie = (text: string, message: Message) => readonly string[];

/** A line to a hub that changes what no signature covers, as a hub can that lies, and anybody on a line without TLS. */
export interface LyingLine {
  readonly url: string;
  /** From now on; `undefined`: nothing is changed any more. */
  readonly tell: (lie: Lie | undefined) => void;
}

export async function startLyingLine(hubUrl: string): Promise<LyingLine> {
  let lie: Lie | undefined;
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => SUBPROTOCOL });
  server.on("connection", (near) => {
    const far = new WebSocket(hubUrl, [SUBPROTOCOL]);
    const opened = once(far, "open").catch(() => {});
    far.on("message", (data) => {
      const text = data.toString();
      for (const frame of lie === undefined ? [text] : lie(text, JSON.parse(text))) near.send(frame);
    });
    near.on("message", async (data) => {
      await opened;
      if (far.readyState === WebSocket.OPEN) far.send(data.toString());
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("close", () => other.terminate());
      one.on("error", () => other.terminate());
    }
  });
  await once(server, "listening");
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    url: `ws://127.0.0.1:${address.port}`,
    tell: (next) => {
      lie = next;
    },
  };
}
