import { join } from "node:path";
import type { GenesisSettings, Setting } from "../../src/config/hub-config.ts";
import type { DataFault } from "../../src/data/data-fault.ts";
import type { HubData, HubDataConfig } from "../../src/data/hub-data.ts";
import { openHubData } from "../../src/data/open-hub-data.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** When the tests' networks are made, in milliseconds since 1970. */
export const NOW_MS = Date.parse("2026-01-02T03:04:05.678Z");

const NOTHING_SET: GenesisSettings = {
  network: undefined,
  faucet: undefined,
  blockReward: undefined,
  activationDelay: undefined,
  file: undefined,
};

export interface DataChanges {
  readonly genesis?: Partial<GenesisSettings>;
  readonly roundMs?: Setting<number>;
  readonly fresh?: boolean;
}

/** What of a hub's configuration concerns its data; a directory, or undefined for memory. */
export function dataConfig(
  directory: string | undefined,
  { genesis, roundMs, fresh = false }: DataChanges = {},
): HubDataConfig {
  return {
    data: directory === undefined ? { kind: "memory" } : { kind: "directory", directory },
    fresh,
    roundMs,
    genesis: { ...NOTHING_SET, ...genesis },
  };
}

/** Why data cannot be opened, undefined if it can. */
export function faultOf(config: HubDataConfig): DataFault | undefined {
  const result = openHubData(config, NOW_MS);
  if (!result.ok) return result.error;
  result.value.close();
  return undefined;
}

/** A closed data directory with a network in it. */
export function dataDirectory(): { directory: string; chainId: string } {
  const directory = join(temporaryDirectory(), "hub");
  const data = opened(dataConfig(directory));
  data.close();
  return { directory, chainId: data.network.chainId };
}

/** Opens data that must open. */
export function opened(config: HubDataConfig, nowMs = NOW_MS): HubData {
  const result = openHubData(config, nowMs);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
