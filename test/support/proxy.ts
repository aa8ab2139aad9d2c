import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A stretch of network between clients and a hub, which can be cut. */
export interface Proxy {
  readonly url: string;
  /** Bytes that went from the hub to clients so far. */
  readonly bytesToClients: () => number;
  /** Ends all connections without a goodbye, and lets none through until it is mended. */
  readonly cut: () => void;
  readonly mend: () => void;
}

export async function startProxy(hubUrl: string): Promise<Proxy> {
  const { hostname, port } = new URL(hubUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let bytes = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    keep(far);
    far.on("data", (chunk) => {
      bytes += chunk.length;
    });
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  const drop = () => {
    for (const socket of sockets) socket.destroy();
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
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
  };
}
