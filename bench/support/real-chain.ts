/** A chain in which everything is true, VRF proofs and signatures too: what a client verifies to the end. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import { startStoredHub } from "./bench-hub.ts";
import { keysOf } from "./bench-network.ts";
import { makeDataDirectory } from "./data-directory.ts";
import { makeField } from "./field.ts";
import { MAKE } from "./long-chain.ts";
import { proposeAll } from "./seal.ts";

const VALIDATORS = 3;

/** The data directory of such a chain of so many blocks, made where it is not there yet. */
export async function realChain(cache: string, blocks: number, note: (text: string) => void): Promise<string> {
  const directory = join(cache, `real-chain-${blocks}-${MAKE}`);
  const done = join(directory, "bench-done");
  if (existsSync(done)) return directory;
  rmSync(directory, { recursive: true, force: true });
  note(`a chain of ${blocks.toLocaleString("en-US")} true blocks is made (once; it stays in the cache)`);
  await speedUpVrf();
  makeDataDirectory(directory, VALIDATORS);
  const hub = startStoredHub(directory);
  hub.sequencer.start();
  const keys = keysOf(0, VALIDATORS);
  for (let i = 0; i < blocks; i++) {
    await proposeAll(hub, makeField(hub.network.chainId, hub.slot(), keys));
    await hub.closeRound();
  }
  hub.close();
  writeFileSync(done, "");
  return directory;
}
