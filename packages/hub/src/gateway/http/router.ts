import type { IncomingMessage, ServerResponse } from "node:http";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { plainAddress } from "../address.ts";
import type { Gate } from "../gate.ts";
import { getBlock, getBlocks, getGenesis, getProposals, getStatus, getValidators } from "./api.ts";
import { getFrontPage } from "./front-page.ts";
import { getHealth } from "./health.ts";
import { type HttpAnswer, sendAnswer, sendFault } from "./http-answer.ts";
import { type HttpFault, rateLimited } from "./http-errors.ts";
import { PAGE_COST, priceOfBlock, USUAL_COST } from "./price.ts";

interface Asked {
  readonly gate: Gate;
  readonly query: URLSearchParams;
  /** The part of the path in place of `:index`. */
  readonly index: string;
  readonly host: string | undefined;
}
type Answered = Result<HttpAnswer, HttpFault>;

interface Route {
  readonly path: RegExp;
  /** Tokens of the address's budget, or what says how many. */
  readonly cost: number | ((gate: Gate, index: string) => number);
  /** May be large, so that only so many are under way at once. */
  readonly isPage?: boolean;
  readonly answer: (asked: Asked) => Answered | Promise<Answered>;
}

const ROUTES: readonly Route[] = [
  {
    path: /^\/$/,
    cost: USUAL_COST,
    answer: ({ gate, host }) =>
      ok(getFrontPage(gate.hub, gate.lastWinner, hubUrlOf(gate, host), gate.options.token !== null)),
  },
  { path: /^\/healthz$/, cost: USUAL_COST, answer: ({ gate }) => ok(getHealth(gate.hub, gate.limits.maxLatenessMs)) },
  {
    path: /^\/metrics$/,
    cost: PAGE_COST,
    answer: async ({ gate }) => ok({ type: "metrics", body: await gate.telemetry.expose() }),
  },
  { path: /^\/api\/status$/, cost: USUAL_COST, answer: ({ gate }) => ok(getStatus(gate.hub)) },
  { path: /^\/api\/genesis$/, cost: PAGE_COST, isPage: true, answer: ({ gate }) => ok(getGenesis(gate.genesisBytes)) },
  {
    path: /^\/api\/blocks$/,
    cost: PAGE_COST,
    isPage: true,
    answer: ({ gate, query }) => getBlocks(gate, query),
  },
  {
    path: /^\/api\/blocks\/(?<index>[^/]+)$/,
    cost: ({ hub }, index) => priceOfBlock(hub, index),
    isPage: true,
    answer: ({ gate, index }) => getBlock(gate, index),
  },
  {
    path: /^\/api\/blocks\/(?<index>[^/]+)\/proposals$/,
    cost: PAGE_COST,
    isPage: true,
    answer: ({ gate, index }) => getProposals(gate.hub, index),
  },
  {
    path: /^\/api\/validators$/,
    cost: PAGE_COST,
    isPage: true,
    answer: ({ gate, query }) => getValidators(gate.hub, gate.sessions, query),
  },
];

/** Answers one HTTP request; never rejects. */
export async function serveHttp(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answered = await answer(gate, request, response).catch((error: unknown): Answered => {
    gate.log.event("failed", { what: `${request.method} request`, message: String(error) });
    return err({ code: "INTERNAL" });
  });
  if (answered.ok) {
    await sendAnswer(request, response, answered.value);
    return;
  }
  gate.telemetry.refused(answered.error.code);
  sendFault(request, response, answered.error);
}

/** What costs nothing is looked at first: the address, the budget, the method, then the places for pages. */
async function answer(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<Answered> {
  const address = plainAddress(request.socket.remoteAddress);
  const target = request.url ?? "/";
  // A client behind a proxy may ask with the whole URL (RFC 9112 §3.2.2).
  const url = target.startsWith("/") ? `http://hub${target}` : target;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const found = parsed === undefined ? undefined : findRoute(parsed.pathname);
  const waitMs = gate.requestBudgets.take(address, found === undefined ? USUAL_COST : costOf(gate, found));
  if (waitMs > 0) return err(rateLimited(waitMs));
  if (parsed === undefined) return err({ code: "BAD_REQUEST" });
  if (found === undefined) {
    return err({ code: "NOT_FOUND", message: "There is no such page. See / for what there is." });
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return err({ code: "METHOD_NOT_ALLOWED", headers: { allow: "GET, HEAD" } });
  }
  if (found.route.isPage === true) {
    if (!gate.httpPages.take(address)) return err({ code: "BUSY", headers: { "retry-after": "1" } });
    response.once("close", () => gate.httpPages.release(address));
  }
  return await found.route.answer({
    gate,
    query: parsed.searchParams,
    index: found.index,
    host: request.headers.host,
  });
}

interface Found {
  readonly route: Route;
  readonly index: string;
}

function costOf(gate: Gate, { route, index }: Found): number {
  return typeof route.cost === "number" ? route.cost : route.cost(gate, index);
}

function findRoute(pathname: string): Found | undefined {
  for (const route of ROUTES) {
    const match = route.path.exec(pathname);
    if (match !== null) return { route, index: match.groups?.index ?? "" };
  }
  return undefined;
}

/** The address that the reader used, if it can stand in a command line; else the one that the hub listens on. */
function hubUrlOf({ options, url }: Gate, host: string | undefined): string {
  const scheme = options.tls === null ? "ws" : "wss";
  return host !== undefined && /^[A-Za-z0-9.:[\]-]+$/.test(host) ? `${scheme}://${host}` : url();
}
