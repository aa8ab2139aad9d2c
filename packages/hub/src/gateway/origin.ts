import { isIP } from "node:net";

/**
 * May a browser's page of this origin connect? Programs send no Origin and may. A page may if the hub itself served
 * it, under an address or as localhost: under a name, the name could be somebody else's that was made to point here
 * (DNS rebinding). Other origins are allowed by name.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  isTls: boolean,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost, hostname } = new URL(origin);
  if (protocol !== (isTls ? "https:" : "http:") || originHost !== host) return false;
  return hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}
