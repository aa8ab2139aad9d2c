import { ok, type Result } from "pos-shared/model/result.ts";
import { DEFAULT_LIMITS, type GatewayOptions } from "./gateway-options.ts";
import { createDoor, type ListenFault, listen } from "./listener.ts";

/** An address that nobody else can have; whoever connects is turned away. */
export interface ReservedAddress {
  /** Gives it up, for the gateway to listen there. */
  readonly release: () => Promise<void>;
}

const NOBODY = { take: () => Number.POSITIVE_INFINITY };

/**
 * Takes the address where a gateway is to listen, before there is anything that it could serve: a hub that cannot listen
 * must not have founded a network, nor moved one aside. Certificate and key are looked at as well. Of port 0 only the
 * host is tried, as the gateway gets a port of its own.
 */
export async function reserveAddress(options: GatewayOptions): Promise<Result<ReservedAddress, ListenFault>> {
  const created = createDoor(options, { ...DEFAULT_LIMITS, ...options.limits }, NOBODY);
  if (!created.ok) return created;
  const { server } = created.value;
  server.maxConnections = 0;
  const listening = await listen(server, options.host, options.port);
  if (!listening.ok) return listening;
  return ok({ release: () => new Promise((resolve) => server.close(() => resolve())) });
}
