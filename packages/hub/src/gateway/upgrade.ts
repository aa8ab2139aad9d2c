import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { SUBPROTOCOL } from "pos-shared/protocol/limits.ts";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { plainAddress } from "./address.ts";
import { AddressCounts } from "./address-counts.ts";
import { closeStatusOf } from "./close-codes.ts";
import { divertUpgrade } from "./divert.ts";
import { pongFrame } from "./frame.ts";
import type { Gate } from "./gate.ts";
import { handleFrame } from "./handle-frame.ts";
import { rawFault } from "./http/http-answer.ts";
import type { HttpFault } from "./http/http-errors.ts";
import { HubSocket, sessionOf } from "./hub-socket.ts";
import { isAllowedOrigin } from "./origin.ts";
import { Session, type SessionSurroundings } from "./session.ts";
import { TokenBucket } from "./token-bucket.ts";

const CHALLENGE_BYTES = 32;
const PATHS: ReadonlySet<string> = new Set(["/", "/ws"]);

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Handshakes: who may connect, and the session of who does. */
export function createUpgrades(
  gate: Gate,
  surroundings: SessionSurroundings,
  onEnd: (session: Session) => void,
): OnUpgrade {
  const { limits, options, telemetry } = gate;
  const settings = {
    noServer: true,
    clientTracking: false,
    WebSocket: HubSocket,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    maxFragments: limits.maxFragments,
    // Pings are answered through the rate limit, and without a closure for each connection.
    autoPong: false,
    closeTimeout: limits.closeTimeoutMs,
    handleProtocols: () => SUBPROTOCOL,
  };
  const webSockets = new WebSocketServer<typeof HubSocket>(settings);
  const handlers = createHandlers(gate);
  const counts = new AddressCounts(limits.maxConnectionsPerAddress);

  function refuse(socket: Duplex, fault: HttpFault): void {
    telemetry.refused(fault.code);
    socket.on("error", ignore);
    socket.end(rawFault(fault));
  }
  webSockets.on("wsClientError", (error, socket) => refuse(socket, { code: "BAD_HANDSHAKE", message: error.message }));

  function open(ws: HubSocket, socket: Socket): void {
    // Known also after the socket has closed.
    const address = plainAddress(socket.remoteAddress);
    if (gate.sessions.size >= limits.maxConnections || !counts.take(address)) {
      ws.on("error", ignore);
      telemetry.refused("TOO_MANY_CONNECTIONS");
      ws.close(closeStatusOf("TOO_MANY_CONNECTIONS"), "TOO_MANY_CONNECTIONS");
      return;
    }
    const challenge = randomBytes(CHALLENGE_BYTES).toString("hex");
    const bucket = new TokenBucket(limits.messages, gate.nowMs());
    const session = new Session(ws, socket, address, challenge, bucket, surroundings);
    ws.session = session;
    ws.on("message", handlers.onMessage);
    ws.on("ping", handlers.onPing);
    ws.on("pong", handlers.onPong);
    ws.on("error", handlers.onError);
    ws.on("close", onClose);
    gate.sessions.add(session);
    greet(gate, session);
  }
  function onClose(this: WebSocket): void {
    const session = sessionOf(this);
    if (session === null) return;
    counts.release(session.address);
    onEnd(session);
  }

  return (request, socket, head) => {
    const elsewhere = options.divert?.();
    if (elsewhere !== undefined) {
      divertUpgrade(elsewhere, request, socket, head);
      return;
    }
    const fault = findHandshakeFault(request, options.tls !== null, options.origins ?? []);
    if (fault !== undefined) refuse(socket, fault);
    else if (!(socket instanceof Socket)) throw new Error("a server's connection is a socket");
    else webSockets.handleUpgrade(request, socket, head, (ws) => open(ws, socket));
  };
}

/** One handler of each event for all connections (PERFORMANCE, rule 2). */
function createHandlers(gate: Gate) {
  const { telemetry } = gate;
  return {
    onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
      const session = sessionOf(this);
      // What arrives after the hub has decided to close is not read any more.
      if (session === null || !session.isOpen) return;
      session.contest?.onSign(session);
      if (Buffer.isBuffer(data)) handleFrame(gate, session, data, isBinary);
    },
    onPing(this: WebSocket, payload: Buffer): void {
      const session = sessionOf(this);
      if (session === null || !session.isOpen) return;
      session.contest?.onSign(session);
      const verdict = session.bucket.take(1, gate.nowMs());
      if (verdict === "pass") session.write(pongFrame(payload));
      else if (verdict === "close") session.close("RATE_LIMITED");
    },
    onPong(this: WebSocket): void {
      const session = sessionOf(this);
      if (session === null) return;
      session.contest?.onSign(session);
      // One pong a heartbeat is asked for; a flood of them is a flood.
      if (session.bucket.take(1, gate.nowMs()) === "close") session.close("RATE_LIMITED");
    },
    /** A broken frame: ws has closed the connection, with a reason. Or the peer has reset it, which is no fault. */
    onError(this: WebSocket, error: Error): void {
      if (!("code" in error) || typeof error.code !== "string" || !error.code.startsWith("WS_ERR_")) return;
      telemetry.refused(error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" ? "FRAME_TOO_LARGE" : "BROKEN_FRAME");
    },
  };
}

function greet({ hub, options }: Gate, session: Session): void {
  const { network, chainId, tip } = hub.status();
  session.send({
    type: "hello",
    version: options.version,
    chainId,
    network,
    challenge: session.challenge,
    time: Math.floor(hub.nowMs()),
    tip,
    needsToken: options.token !== null,
  });
}

function findHandshakeFault(
  { url = "/", headers }: IncomingMessage,
  isTls: boolean,
  origins: readonly string[],
): HttpFault | undefined {
  const [path = ""] = url.split("?");
  if (!PATHS.has(path)) return { code: "NOT_FOUND", message: "WebSocket connections go to / or /ws." };
  if (!isAllowedOrigin(headers.origin, headers.host, isTls, origins)) return { code: "ORIGIN_REFUSED" };
  const offered = headers["sec-websocket-protocol"];
  if (offered !== undefined && !offered.split(",").some((name) => name.trim() === SUBPROTOCOL)) {
    return { code: "BAD_HANDSHAKE", message: `The hub speaks the subprotocol ${SUBPROTOCOL} only.` };
  }
  return undefined;
}

function ignore(): void {}
