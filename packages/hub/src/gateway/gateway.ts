import { performance } from "node:perf_hooks";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { ok, type Result } from "pos-shared/model/result.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import type { HubLog } from "../telemetry/log.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { Activity } from "./activity.ts";
import { hostAndPort } from "./address.ts";
import { AddressBudgets } from "./address-budgets.ts";
import { BlockPages } from "./block-pages.ts";
import { Changes } from "./changes.ts";
import { Coalescer } from "./coalescer.ts";
import { EvidenceGate } from "./evidence-gate.ts";
import { FanOut } from "./fan-out.ts";
import type { Gate } from "./gate.ts";
import { DEFAULT_LIMITS, type GatewayOptions } from "./gateway-options.ts";
import { LastWinner } from "./http/last-winner.ts";
import { serveHttp } from "./http/router.ts";
import { createDoor, type ListenFault, listen } from "./listener.ts";
import { tell } from "./news.ts";
import { PagePump } from "./page-pump.ts";
import type { PageRequest } from "./page-request.ts";
import { servePage } from "./pages.ts";
import { Places } from "./places.ts";
import { forgetPieces } from "./restore.ts";
import type { Session, SessionSurroundings } from "./session.ts";
import { Sessions } from "./sessions.ts";
import { stopGateway } from "./stop.ts";
import { createUpgrades } from "./upgrade.ts";

export interface Gateway {
  /** Where clients connect: `ws://host:port` or `wss://host:port`. */
  readonly url: string;
  /** Where the HTTP side is. */
  readonly http: string;
  readonly port: number;
  /** Cuts connections, as a bad network does; they come back by themselves. */
  readonly cut: (choose: () => boolean) => void;
  /** Sends what is under way, tells everybody that the hub is stopping, and ends within 2 s. */
  readonly close: () => Promise<void>;
}

/** A URL of this machine stands for "all addresses". */
const WILDCARDS: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/**
 * Opens the hub to the network: WebSocket and HTTP on one port (DESIGN §9). What the hub knows comes through its port
 * alone.
 *
 * @returns the gateway, or why the port cannot be had.
 */
export async function startGateway(
  options: GatewayOptions,
  hub: HubPort,
  telemetry: Telemetry,
  log: HubLog,
): Promise<Result<Gateway, ListenFault>> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const nowMs = () => performance.now();
  const requestBudgets = new AddressBudgets(limits.requestsOfAddress, nowMs);
  const created = createDoor(options, limits, requestBudgets);
  if (!created.ok) return created;
  const door = created.value;
  const { server } = door;

  const surroundings: SessionSurroundings = { telemetry, maxUnsentBytes: limits.maxUnsentBytes };
  const sessions = new Sessions();
  const fanOut = new FanOut(telemetry, surroundings, nowMs);
  const coalescer = new Coalescer(limits.coalesceMs, nowMs);
  const changes = new Changes(hub, sessions, fanOut, coalescer);
  const activity = new Activity(hub, fanOut, coalescer);
  let url = "";
  const gate: Gate = {
    hub,
    options,
    limits,
    sessions,
    fanOut,
    messageBudgets: new AddressBudgets(limits.messagesOfAddress, nowMs),
    requestBudgets,
    evidence: new EvidenceGate(hub.accountOf, limits, nowMs),
    restoring: { units: 0 },
    httpPages: new Places(limits.maxHttpPages, limits.maxHttpPagesPerAddress),
    pages: new PagePump((session, request) => serveOrFail(gate, session, request), limits, nowMs),
    blockPages: new BlockPages(hub),
    lastWinner: new LastWinner(hub),
    genesisBytes: Buffer.from(JSON.stringify(hub.genesis)),
    changes,
    telemetry,
    log,
    url: () => url,
    nowMs,
  };

  server.on("request", (request, response) => {
    serveHttp(gate, request, response).catch(() => response.destroy());
  });
  server.on(
    "upgrade",
    createUpgrades(gate, surroundings, (session) => endSession(gate, session)),
  );
  const listening = await listen(server, options.host, options.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const place = hostAndPort(WILDCARDS[options.host] ?? options.host, port);
  const secure = options.tls === null ? "" : "s";
  url = `ws${secure}://${place}`;
  const http = `http${secure}://${place}`;

  const stopNews = hub.onBroadcast((news) => tell({ hub, fanOut, sessions, changes, activity }, news));
  const heartbeat = setInterval(() => {
    gate.messageBudgets.sweep();
    gate.requestBudgets.sweep();
    gate.evidence.sweep();
    void sessions.heartbeat(limits.maxUnsentTotalBytes);
  }, limits.heartbeatMs);
  watch(gate);
  log.event("listening", { url, http, chainId: hub.chainId, network: hub.genesis.network });
  return ok({
    url,
    http,
    port,
    cut: (choose) => {
      for (const session of [...sessions.all]) if (choose()) session.terminate();
    },
    close: async () => {
      stopNews();
      clearInterval(heartbeat);
      activity.stop();
      changes.stop();
      await stopGateway(door, sessions, fanOut, limits.closeTimeoutMs);
      // Those who left meanwhile are no news to anybody any more.
      changes.stop();
    },
  });
}

/** Reading may fail where writing went well (a damaged page of the file): that is one client's answer, not the hub's end. */
function serveOrFail(gate: Gate, session: Session, request: PageRequest): void {
  try {
    servePage(gate, session, request);
  } catch (error) {
    gate.log.event("failed", { what: `a page of ${request.type}`, message: String(error) });
    session.refuse(request.id, { code: "STORE_FAILED" });
  }
}

function endSession(gate: Gate, session: Session): void {
  const { hub, sessions, fanOut, changes, log } = gate;
  forgetPieces(gate, session);
  sessions.remove(session);
  fanOut.unsubscribe(session);
  session.contest?.onEnd(session);
  const { publicKey } = session;
  if (publicKey === null) return;
  const account = hub.accountOf(publicKey);
  if (account === undefined || sessions.isOnline(publicKey)) return;
  changes.mark(publicKey);
  log.event("left", { address: addressOf(publicKey), name: account.name });
}

function watch({ hub, sessions, telemetry }: Gate): void {
  telemetry.watch("connections", "WebSocket connections", () => sessions.size);
  telemetry.watch("validators_online", "Keys that are logged in", () => sessions.online);
  telemetry.watch("unsent_bytes", "What waits for all clients together", () => sessions.unsentBytes());
  telemetry.watch("round", "The open round, or the next", () => hub.status().round);
  telemetry.watch("tip_index", "Index of the last block", () => hub.status().tip.index);
  telemetry.watch("waiting_transactions", "Transactions that wait for a block", () => hub.status().waiting);
  telemetry.watch("round_proposals", "Proposals accepted in the open round", () => hub.status().proposals);
  telemetry.watch("validators", "Accounts that may propose now", () => hub.status().validators);
  telemetry.watch("bonded_tokens", "Their bonded tokens", () => hub.status().stake);
}
