/**
 * A process that takes a data directory when it is told to and keeps it until its standard input ends:
 * `node locking-child.ts DIRECTORY`. Says `held` with the chain id, or why not.
 */
import { writeSync } from "node:fs";
import { openHubData } from "../../src/data/open-hub-data.ts";

const [, , directory = ""] = process.argv;
const genesis = {
  network: undefined,
  faucet: undefined,
  blockReward: undefined,
  activationDelay: undefined,
  file: undefined,
};
process.stdin.once("data", () => {
  const config = { data: { kind: "directory", directory }, fresh: false, roundMs: undefined, genesis } as const;
  const result = openHubData(config, Date.now());
  writeSync(1, `${result.ok ? `held ${result.value.network.chainId}` : JSON.stringify(result.error)}\n`);
  process.stdin.on("end", () => {
    if (result.ok) result.value.close();
  });
});
writeSync(1, "ready\n");
