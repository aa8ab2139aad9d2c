import { createServer as createHttpServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Socket } from "node:net";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { plainAddress } from "./address.ts";
import type { AddressBudgets } from "./address-budgets.ts";
import { AddressCounts } from "./address-counts.ts";
import { closeWith } from "./close-with.ts";
import type { GatewayLimits, GatewayOptions } from "./gateway-options.ts";
import { rawFault } from "./http/http-answer.ts";
import type { HttpFault } from "./http/http-errors.ts";

/** Why the hub cannot listen. `detail`: what the system or OpenSSL said. */
export type ListenFault =
  | { readonly code: "PORT_IN_USE"; readonly port: number }
  | { readonly code: "PORT_FORBIDDEN"; readonly port: number }
  | { readonly code: "HOST_UNKNOWN"; readonly host: string }
  | { readonly code: "BAD_CERTIFICATE"; readonly detail: string }
  | { readonly code: "CANNOT_LISTEN"; readonly detail: string };

const MAX_HEADER_BYTES = 8 * 1024;
/** How often Node looks for requests that took too long. */
const REQUEST_CHECK_MS = 1_000;
/** HTTP connections may exist beside as many WebSockets as there may be. */
const HTTP_CONNECTIONS = 256;
const HTTP_CONNECTIONS_PER_ADDRESS = 64;

/** A server, and all sockets that it has: also those of which it knows nothing any more or nothing yet. */
export interface Door {
  readonly server: Server;
  readonly sockets: ReadonlySet<Socket>;
}

/**
 * An HTTP(S) server with limits, not yet listening.
 * @param budgets a TLS handshake costs the hub more than all that follows it, so that it takes from the address's budget
 */
export function createDoor(
  options: GatewayOptions,
  limits: GatewayLimits,
  budgets: Pick<AddressBudgets, "take">,
): Result<Door, ListenFault> {
  const settings = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: Math.min(REQUEST_CHECK_MS, limits.headersTimeoutMs),
    // Another kind of upgrade (`curl --http2` asks for one) is not ours to answer: the request is served as it is.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === "websocket",
  };
  let server: Server;
  try {
    server =
      options.tls === null
        ? createHttpServer(settings)
        : createHttpsServer({ ...settings, ...options.tls, handshakeTimeout: limits.headersTimeoutMs });
  } catch (error) {
    return err({ code: "BAD_CERTIFICATE", detail: messageOf(error) });
  }
  // Not for each connection, as `server.timeout` is: it would leave a WebSocket, which has a heartbeat, a dead timer.
  server.on("request", ({ socket }: IncomingMessage) => socket.setTimeout(limits.httpIdleMs));
  server.maxConnections = limits.maxConnections + HTTP_CONNECTIONS;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) =>
    closeWith(socket, rawFault(brokenRequestFault(error.code)), limits.closeTimeoutMs),
  );
  const mayEnter = (address: string): boolean => options.tls === null || budgets.take(address, 1) === 0;
  const sockets = limitConnections(server, limits.maxConnectionsPerAddress + HTTP_CONNECTIONS_PER_ADDRESS, mayEnter);
  return ok({ server, sockets });
}

/** Takes the port, or says as data why not. */
export function listen(server: Server, host: string, port: number): Promise<Result<number, ListenFault>> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(err(listenFaultOf(error, host, port)));
    server.once("error", onError);
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.off("error", onError);
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
      resolve(ok(address.port));
    });
  });
}

function listenFaultOf(error: NodeJS.ErrnoException, host: string, port: number): ListenFault {
  switch (error.code) {
    case "EADDRINUSE":
      return { code: "PORT_IN_USE", port };
    case "EACCES":
      return { code: "PORT_FORBIDDEN", port };
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { code: "HOST_UNKNOWN", host };
    default:
      return { code: "CANNOT_LISTEN", detail: messageOf(error) };
  }
}

/** Refuses sockets of one address at the door, before anything is read. */
function limitConnections(
  server: Server,
  maxPerAddress: number,
  mayEnter: (address: string) => boolean,
): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const counts = new AddressCounts(maxPerAddress);
  // One function for all sockets; the address is still known when a socket has closed.
  function release(this: Socket): void {
    counts.release(plainAddress(this.remoteAddress));
    sockets.delete(this);
  }
  server.on("connection", (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress);
    if (address === "" || !mayEnter(address) || !counts.take(address)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", release);
  });
  return sockets;
}

function brokenRequestFault(code: string | undefined): HttpFault {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return { code: "HEADERS_TOO_LARGE" };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { code: "TIMED_OUT" };
    default:
      return { code: "BAD_REQUEST" };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
