/** Errors of the HTTP side: `{ "error": { "code", "message" } }` with a fitting status (DESIGN §9). */
import type { OutgoingHttpHeaders } from "node:http";

const MS_PER_SECOND = 1_000;

export const HTTP_ERRORS = {
  BAD_REQUEST: { status: 400, meaning: "The request is not HTTP that the hub understands." },
  BAD_PARAMETER: { status: 400, meaning: "A parameter is unknown or not of its form; the message names it." },
  BAD_HANDSHAKE: { status: 400, meaning: "The WebSocket handshake is wrong, or asks for another subprotocol only." },
  ORIGIN_REFUSED: { status: 403, meaning: "A page of another site may not connect." },
  NOT_FOUND: { status: 404, meaning: "There is no such page, block or proposal." },
  METHOD_NOT_ALLOWED: { status: 405, meaning: "The HTTP side is read only: GET and HEAD." },
  TIMED_OUT: { status: 408, meaning: "The request took too long to arrive." },
  PRUNED: { status: 410, meaning: "The proposals of this old round are no longer kept." },
  RATE_LIMITED: { status: 429, meaning: "Too many requests of your address; Retry-After says when to go on." },
  HEADERS_TOO_LARGE: { status: 431, meaning: "The request's headers are larger than 8 KiB." },
  INTERNAL: { status: 500, meaning: "The hub failed to answer." },
  BUSY: { status: 503, meaning: "The hub sends as many pages as it does at once; try again in a second." },
  HUB_STOPPING: { status: 503, meaning: "The hub is stopping." },
} as const satisfies Record<string, { readonly status: number; readonly meaning: string }>;

export type HttpErrorCode = keyof typeof HTTP_ERRORS;

export interface HttpFault {
  readonly code: HttpErrorCode;
  /** A sentence; the code's meaning where there is none. */
  readonly message?: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** @param waitMs until the address may ask again, in milliseconds. */
export function rateLimited(waitMs: number): HttpFault {
  return { code: "RATE_LIMITED", headers: { "retry-after": `${Math.ceil(waitMs / MS_PER_SECOND)}` } };
}

export function errorBody({ code, message = HTTP_ERRORS[code].meaning }: HttpFault): string {
  return JSON.stringify({ error: { code, message } });
}
