import type { IncomingMessage, ServerResponse } from "node:http";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Gate } from "../gate.ts";
import { getBlock, getBlocks, getGenesis, getProposals, getStatus, getValidators } from "./api.ts";
import { getFrontPage } from "./front-page.ts";
import { getHealth } from "./health.ts";
import { type HttpAnswer, sendAnswer, sendFault } from "./http-answer.ts";
import type { HttpFault } from "./http-errors.ts";

interface Asked {
  readonly gate: Gate;
  readonly query: URLSearchParams;
  /** The part of the path in place of `:index`. */
  readonly index: string;
  readonly host: string | undefined;
}
type Answered = Result<HttpAnswer, HttpFault>;

const ROUTES: readonly { readonly path: RegExp; readonly answer: (asked: Asked) => Answered | Promise<Answered> }[] = [
  {
    path: /^\/$/,
    answer: ({ gate, host }) => ok(getFrontPage(gate.hub, hubUrlOf(gate, host), gate.options.token !== null)),
  },
  { path: /^\/healthz$/, answer: ({ gate }) => ok(getHealth(gate.hub, gate.limits.maxLatenessMs)) },
  {
    path: /^\/metrics$/,
    answer: async ({ gate }) => ok({ type: "metrics", body: await gate.telemetry.expose() }),
  },
  { path: /^\/api\/status$/, answer: ({ gate }) => ok(getStatus(gate.hub)) },
  { path: /^\/api\/genesis$/, answer: ({ gate }) => ok(getGenesis(gate.hub)) },
  { path: /^\/api\/blocks$/, answer: ({ gate, query }) => getBlocks(gate.hub, query) },
  { path: /^\/api\/blocks\/(?<index>[^/]+)$/, answer: ({ gate, index }) => getBlock(gate.hub, index) },
  { path: /^\/api\/blocks\/(?<index>[^/]+)\/proposals$/, answer: ({ gate, index }) => getProposals(gate.hub, index) },
  { path: /^\/api\/validators$/, answer: ({ gate, query }) => getValidators(gate.hub, gate.sessions, query) },
];

/** Answers one HTTP request; never rejects. */
export async function serveHttp(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answered = await answer(gate, request).catch((error: unknown): Answered => {
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

async function answer(gate: Gate, request: IncomingMessage): Promise<Answered> {
  const target = request.url ?? "/";
  // A client behind a proxy may ask with the whole URL (RFC 9112 §3.2.2).
  const url = target.startsWith("/") ? `http://hub${target}` : target;
  if (!URL.canParse(url)) return err({ code: "BAD_REQUEST" });
  const { pathname, searchParams: query } = new URL(url);
  for (const route of ROUTES) {
    const match = route.path.exec(pathname);
    if (match === null) continue;
    if (request.method !== "GET" && request.method !== "HEAD") {
      return err({ code: "METHOD_NOT_ALLOWED", headers: { allow: "GET, HEAD" } });
    }
    return await route.answer({ gate, query, index: match.groups?.index ?? "", host: request.headers.host });
  }
  return err({ code: "NOT_FOUND", message: "There is no such page. See / for what there is." });
}

/** The address that the reader used, if it can stand in a command line; else the one that the hub listens on. */
function hubUrlOf({ options, url }: Gate, host: string | undefined): string {
  const scheme = options.tls === null ? "ws" : "wss";
  return host !== undefined && /^[A-Za-z0-9.:[\]-]+$/.test(host) ? `${scheme}://${host}` : url();
}
