import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { errorBody, HTTP_ERRORS, type HttpFault } from "./http-errors.ts";

/** Bytes that are sent as they are, one after the other; `letGo` is called once nobody reads them any more. */
interface StoredBytes {
  readonly bytes: readonly Buffer[];
  readonly letGo?: () => void;
}

/** What a route answers with. A `body` that is a list is sent piece by piece, as fast as the reader takes it. */
export interface HttpAnswer {
  readonly type: "json" | "html" | "metrics";
  readonly body: string | StoredBytes | Iterable<string>;
  readonly status?: number;
}

const CONTENT_TYPES: Readonly<Record<HttpAnswer["type"], string>> = {
  json: "application/json; charset=utf-8",
  html: "text/html; charset=utf-8",
  metrics: "text/plain; version=0.0.4; charset=utf-8",
};

/** Nothing here may be cached: a new network (`--fresh`) has other blocks at the same addresses. */
const HEADERS: OutgoingHttpHeaders = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HttpAnswer,
): Promise<void> {
  // "close" comes when all is sent or the socket is gone; after it, it comes no more, and the collector takes the bytes.
  if (typeof answer.body !== "string" && "bytes" in answer.body && answer.body.letGo !== undefined) {
    response.once("close", answer.body.letGo);
  }
  response.writeHead(answer.status ?? 200, {
    ...HEADERS,
    "content-type": CONTENT_TYPES[answer.type],
    ...lengthOf(answer),
  });
  if (request.method === "HEAD") response.end();
  else if (typeof answer.body === "string") response.end(answer.body);
  else if ("bytes" in answer.body) sendBytes(response, answer.body.bytes);
  // Who hangs up in the middle has had enough.
  else await pipeline(Readable.from(answer.body), response).catch(() => response.destroy());
}

export function sendFault(request: IncomingMessage, response: ServerResponse, fault: HttpFault): void {
  const body = errorBody(fault);
  response.writeHead(HTTP_ERRORS[fault.code].status, {
    ...HEADERS,
    ...fault.headers,
    "content-type": CONTENT_TYPES.json,
    "content-length": Buffer.byteLength(body),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** A refusal as bytes, for a socket that has no response object (a handshake, a broken request). */
export function rawFault(fault: HttpFault): string {
  const { status } = HTTP_ERRORS[fault.code];
  const body = errorBody(fault);
  return [
    `HTTP/1.1 ${status} ${fault.code}`,
    "connection: close",
    ...Object.entries(fault.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    `content-type: ${CONTENT_TYPES.json}`,
    "x-content-type-options: nosniff",
    `content-length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}

/** Head and body in one write. */
function sendBytes(response: ServerResponse, bytes: readonly Buffer[]): void {
  response.cork();
  for (const part of bytes) response.write(part);
  response.end();
}

function lengthOf({ body }: HttpAnswer): OutgoingHttpHeaders {
  if (typeof body === "string") return { "content-length": Buffer.byteLength(body) };
  if ("bytes" in body) return { "content-length": body.bytes.reduce((sum, { length }) => sum + length, 0) };
  return {};
}
