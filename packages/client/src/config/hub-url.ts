import { isIPv6 } from "node:net";
import { err, ok, type Result } from "pos-shared/model/result.ts";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 9_000;
export const DEFAULT_HUB_URL = hubUrlOfPort(DEFAULT_PORT);

const EXPECTED = "an address as 127.0.0.1:9000, hub.example, [::1]:9000, ws://host:port or wss://host";

/** The hub at a port of this machine. */
export function hubUrlOfPort(port: number): string {
  return `ws://${DEFAULT_HOST}:${port}`;
}

/**
 * The WebSocket URL that an address means: a whole `ws://` or `wss://` URL, or the one that the hub gives for a browser
 * (`http://` or `https://`), or a host with or without a port (9000), or a port of this machine. Without a slash at the
 * end where there is no path.
 */
export function parseHubUrl(text: string): Result<string, string> {
  if (isIPv6(text)) return parseHubUrl(`[${text}]`);
  if (/^:?\d+$/.test(text)) return parseHubUrl(`${DEFAULT_HOST}:${text.replace(":", "")}`);
  if (!text.includes("://")) {
    // A host alone; URL would also take a user, a path or a query here.
    if (/[\s/?#@\\]/.test(text)) return err(EXPECTED);
    const withPort = /:\d*$/.test(text) && !text.endsWith("]") ? text : `${text}:${DEFAULT_PORT}`;
    return parseUrl(`ws://${withPort}`, withPort.split(":").at(-1) ?? "");
  }
  // Both sides of a hub are at one port.
  const url = text.replace(/^http(?=s?:)/i, "ws");
  return /^wss?:\/\/[^/]/i.test(url) ? parseUrl(url) : err(EXPECTED);
}

/** @param port where it must be one; a URL forgets the port that its protocol has anyway */
function parseUrl(text: string, port?: string): Result<string, string> {
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === "" || url.port === "0" || port === "") return err(EXPECTED);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return err(EXPECTED);
  const path = url.pathname === "/" ? "" : url.pathname;
  return ok(`${url.protocol}//${url.host}${path}${url.search}`);
}

/** What tells one hub from another: its protocol, host and port, without the path. */
export function hubKeyOf(hubUrl: string): string {
  const { protocol, host } = new URL(hubUrl);
  return `${protocol}//${host}`;
}
