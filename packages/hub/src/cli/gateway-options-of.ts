import type { HubConfig } from "../config/hub-config.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import { VERSION } from "./version.ts";

/** A second burst of messages of this many seconds' worth is let through at once. */
const BURST_SECONDS = 2;

/** Of requests this many: a class of 1,000 behind one address takes two each when all of it comes back. */
const REQUEST_BURST_SECONDS = 20;

/** What was read from where secrets are kept. */
export type Secrets = Pick<GatewayOptions, "tls" | "token">;

/** How the gateway is to listen, and what it allows. */
export function gatewayOptionsOf(config: HubConfig, { tls, token }: Secrets): GatewayOptions {
  const { maxConnections, maxConnectionsPerAddress, maxMessageRate, maxMessageBytes } = config.limits;
  const { maxMessagesPerAddress, maxRequestsPerAddress } = config.limits;
  return {
    host: config.host,
    port: config.port,
    version: VERSION,
    token,
    tls,
    limits: {
      maxConnections,
      maxConnectionsPerAddress,
      maxFrameBytes: maxMessageBytes,
      messages: { perSecond: maxMessageRate, burst: maxMessageRate * BURST_SECONDS },
      messagesOfAddress: { perSecond: maxMessagesPerAddress, burst: maxMessagesPerAddress * BURST_SECONDS },
      requestsOfAddress: { perSecond: maxRequestsPerAddress, burst: maxRequestsPerAddress * REQUEST_BURST_SECONDS },
    },
  };
}
