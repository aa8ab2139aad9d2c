import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { genesisState } from "pos-shared/chain/chain-state.ts";
import { expect, onTestFinished, test } from "vitest";
import { packState } from "../packages/client/src/replica/checking/page-check.ts";
import { hubWithBlocks, sortedProposals } from "../packages/client/test/support/chain-of-simulation.ts";

const bundled = join(import.meta.dirname, "..", "packages", "client", "dist", "check-worker.js");

/*
 * A thread that does not start is no failure to whoever asks it: then everything is verified without it, and only the
 * time tells. So it is asked here, as it is packed.
 */
test("the bundled client brings the thread that checks pages, and it tells right from wrong", async () => {
  const hub = hubWithBlocks(2);
  const worker = new Worker(bundled, { workerData: { genesis: hub.network.genesis } });
  onTestFinished(async () => void (await worker.terminate()));
  const check = (blocks: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.postMessage({ start: packState(genesisState(hub.network)), blocks });
    });
  const served = hub.rounds.map(({ block }) => ({ block, proposals: sortedProposals(hub, block.index) }));
  expect(await check(served)).toBe(true);
  expect(await check(served.map(({ block }) => ({ block, proposals: [] })))).toBe(false);
});
