/** What the hub says of itself once it listens. */
import { networkInterfaces } from "node:os";
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import type { HubData } from "../data/hub-data.ts";
import type { EvilMode } from "../evil/modes.ts";
import { isLoopback } from "../gateway/address.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import type { HubLog } from "../telemetry/log.ts";
import { startLines } from "../words/start.ts";

/** What to type in the next pane, and on other machines. */
export function startText(
  { host, tls, token }: GatewayOptions,
  port: number,
  { network, roundMs, directory, store }: HubData,
  evil: readonly EvilMode[],
): string[] {
  const { block } = store.load();
  return startLines({
    network: network.genesis.network,
    chainId: network.chainId,
    index: block?.index ?? 0,
    words: tipWords(block?.hash ?? ""),
    roundMs,
    port,
    otherAddresses: otherAddresses(host),
    needsToken: token !== null,
    isTls: tls !== null,
    directory,
    evil,
  });
}

/** Warns where other machines may connect and nothing keeps them out, or from reading along. */
export function warnIfExposed({ host, tls, token }: GatewayOptions, log: HubLog): void {
  if (host === "localhost" || isLoopback(host)) return;
  if (token === null) log.event("exposed", { missing: "token" });
  if (tls === null) log.event("exposed", { missing: "tls" });
}

/** Where others reach this machine: all its outer addresses where the hub listens on all, else the one it listens on. */
function otherAddresses(host: string): string[] {
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"));
  if (host === "::") return outer.map(({ address }) => address);
  if (host === "0.0.0.0") return outer.filter(({ family }) => family === "IPv4").map(({ address }) => address);
  return outer.some(({ address }) => address === host) ? [host] : [];
}
