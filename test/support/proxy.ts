import { once } from "node:events";
import { connect, createServer } from "node:net";
import { onTestFinished } from "vitest";
import { Line, type Weather } from "./proxy-line.ts";

/** A stretch of network between clients and a hub, which can be cut, slow, late, or dead without a word. */
export interface Proxy {
  readonly url: string;
  /** Bytes that went from the hub to clients so far. */
  readonly bytesToClients: () => number;
  /** Connections that clients have made so far. */
  readonly connections: () => number;
  /** Ends all connections without a goodbye, and lets none through until it is mended. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** From now on it is like this, for open connections too; what is not named is as on a good line. */
  readonly change: (weather: Partial<Weather>) => void;
}

export async function startProxy(hubUrl: string): Promise<Proxy> {
  const { hostname, port } = new URL(hubUrl);
  const lines = new Set<Line>();
  let weather = GOOD;
  let isCut = false;
  let connections = 0;
  let bytes = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    connections += 1;
    if (isCut) {
      near.on("error", () => {});
      near.destroy();
      return;
    }
    const far = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    far.on("data", (chunk) => {
      bytes += chunk.length;
    });
    const pair = [new Line(near, far, "toHub", () => weather), new Line(far, near, "toClients", () => weather)];
    for (const line of pair) {
      lines.add(line);
      line.onEnd = () => lines.delete(line);
    }
  });
  const drop = () => {
    for (const line of [...lines]) line.drop();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    drop();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    url: `ws://127.0.0.1:${address.port}`,
    bytesToClients: () => bytes,
    connections: () => connections,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    change: (changes) => {
      weather = { ...GOOD, ...changes };
      for (const line of lines) line.pump();
    },
  };
}

const GOOD: Weather = { delayMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, silent: [] };
