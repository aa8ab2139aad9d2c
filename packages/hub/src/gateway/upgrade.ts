import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { SUBPROTOCOL } from "pos-shared/protocol/limits.ts";
import { WebSocketServer } from "ws";
import { plainAddress } from "./address.ts";
import { AddressCounts } from "./address-counts.ts";
import { closeStatusOf } from "./close-codes.ts";
import { closeWith } from "./close-with.ts";
import { divertUpgrade } from "./divert.ts";
import type { Gate } from "./gate.ts";
import { rawFault } from "./http/http-answer.ts";
import { type HttpFault, rateLimited } from "./http/http-errors.ts";
import { HubSocket } from "./hub-socket.ts";
import { isAllowedOrigin } from "./origin.ts";
import { Session, type SessionSurroundings } from "./session.ts";
import { createSocketEvents } from "./socket-events.ts";
import { TokenBucket } from "./token-bucket.ts";

const CHALLENGE_BYTES = 32;
const PATHS: ReadonlySet<string> = new Set(["/", "/ws"]);
const HANDSHAKE_WITH_BODY: HttpFault = { code: "BAD_HANDSHAKE", message: "A handshake has no body." };

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
    maxBufferedChunks: limits.maxPieces,
    // Pings are answered through the rate limit, and without a closure for each connection.
    autoPong: false,
    closeTimeout: limits.closeTimeoutMs,
    handleProtocols: () => SUBPROTOCOL,
  };
  const webSockets = new WebSocketServer<typeof HubSocket>(settings);
  const counts = new AddressCounts(limits.maxConnectionsPerAddress);
  const events = createSocketEvents(gate, (session) => {
    counts.release(session.address);
    onEnd(session);
  });

  function refuse(socket: Duplex, fault: HttpFault): void {
    telemetry.refused(fault.code);
    closeWith(socket, rawFault(fault), limits.closeTimeoutMs);
  }
  webSockets.on("wsClientError", (error, socket) => refuse(socket, { code: "BAD_HANDSHAKE", message: error.message }));

  function open(ws: HubSocket, socket: Socket): void {
    // Known also after the socket has closed.
    const address = plainAddress(socket.remoteAddress);
    if (gate.sessions.size >= limits.maxConnections || !counts.take(address)) {
      telemetry.refused("TOO_MANY_CONNECTIONS");
      ws.close(closeStatusOf("TOO_MANY_CONNECTIONS"), "TOO_MANY_CONNECTIONS");
      return;
    }
    const challenge = randomBytes(CHALLENGE_BYTES).toString("hex");
    const bucket = new TokenBucket(limits.messages, gate.nowMs());
    const session = new Session(ws, socket, address, challenge, bucket, surroundings);
    ws.attach(session, events);
    gate.sessions.add(session);
    greet(gate, session, challenge);
  }
  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const waitMs = gate.requestBudgets.take(plainAddress(request.socket.remoteAddress), 1);
    const fault =
      waitMs > 0 ? rateLimited(waitMs) : findHandshakeFault(request, options.tls !== null, options.origins ?? []);
    if (fault !== undefined) refuse(socket, fault);
    // From some Node on, one with a body comes as another kind of stream.
    else if (!(socket instanceof Socket)) refuse(socket, HANDSHAKE_WITH_BODY);
    else webSockets.handleUpgrade(request, socket, head, (ws) => open(ws, socket));
  }

  return (request, socket, head) => {
    const elsewhere = options.divert?.();
    if (elsewhere === undefined) return upgrade(request, socket, head);
    socket.on("error", ignore);
    void elsewhere.then((port) => {
      if (port === undefined) upgrade(request, socket, head);
      else divertUpgrade(port, request, socket, head);
    });
  };
}

function greet({ hub, options }: Gate, session: Session, challenge: Hex): void {
  const { network, chainId, tip } = hub.status();
  session.send({
    type: "hello",
    version: options.version,
    chainId,
    network,
    challenge,
    time: Math.floor(hub.nowMs()),
    tip,
    needsToken: options.token !== null,
    recovering: hub.isRecovering(),
  });
}

function findHandshakeFault(
  { url = "/", headers }: IncomingMessage,
  isTls: boolean,
  origins: readonly string[],
): HttpFault | undefined {
  const [path = ""] = url.split("?");
  if (!PATHS.has(path)) return { code: "NOT_FOUND", message: "WebSocket connections go to / or /ws." };
  if (Number(headers["content-length"] ?? 0) !== 0 || headers["transfer-encoding"] !== undefined) {
    return HANDSHAKE_WITH_BODY;
  }
  if (!isAllowedOrigin(headers.origin, headers.host, isTls, origins)) return { code: "ORIGIN_REFUSED" };
  const offered = headers["sec-websocket-protocol"];
  if (offered !== undefined && !offered.split(",").some((name) => name.trim() === SUBPROTOCOL)) {
    return { code: "BAD_HANDSHAKE", message: `The hub speaks the subprotocol ${SUBPROTOCOL} only.` };
  }
  return undefined;
}

function ignore(): void {}
