/** Data directories as `pos-hub` makes them, with the bench's key and validators. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFilesIn } from "../../packages/hub/src/data/data-files.ts";
import type { HubData } from "../../packages/hub/src/data/hub-data.ts";
import { writeHubKey } from "../../packages/hub/src/data/hub-key.ts";
import { openHubData } from "../../packages/hub/src/data/open-hub-data.ts";
import { bondedAccounts, CREATED_MS, HUB_SEED } from "./bench-network.ts";

/** A new network with so many bonded validators; nothing is left open. */
export function makeDataDirectory(directory: string, bonded: number): void {
  mkdirSync(directory, { recursive: true });
  // A key without a chain is what an interrupted start leaves; the next one goes on with it.
  writeHubKey(dataFilesIn(directory).key, HUB_SEED);
  const file = join(directory, "bench-genesis.json");
  writeFileSync(file, JSON.stringify({ network: "bench", accounts: bondedAccounts(bonded) }));
  openDirectory(directory, file).close();
}

/** Opens a data directory, as a hub does. */
export function openDirectory(directory: string, genesisFile?: string): HubData {
  const opened = openHubData(
    {
      data: { kind: "directory", directory },
      fresh: false,
      roundMs: undefined,
      genesis: {
        network: undefined,
        faucet: undefined,
        blockReward: undefined,
        activationDelay: undefined,
        file: genesisFile === undefined ? undefined : { value: genesisFile, source: "--genesis" },
      },
    },
    CREATED_MS,
  );
  if (!opened.ok) throw new Error(`a data directory of the bench does not open: ${JSON.stringify(opened.error)}`);
  return opened.value;
}
