/** A long chain together with the checkpoint of a client that has verified it, as a pane has that is started again. */
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tipAfter } from "pos-shared/chain/chain-state.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import { ledgerRoot, positionOf, restoreLedger } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import {
  CHECKPOINT_VERSION,
  checkpointPath,
  writeCheckpoint,
} from "../../../packages/client/src/replica/checkpoint-file.ts";
import { ChainColumns } from "../../../packages/client/src/replica/columns.ts";
import { Luck } from "../../../packages/client/src/replica/luck.ts";
import { systemRuntime } from "../../../packages/client/src/runtime.ts";
import { startStoredHub } from "../../support/bench-hub.ts";
import { keysOf } from "../../support/bench-network.ts";
import { makeDataDirectory, openDirectory } from "../../support/data-directory.ts";
import { makeField } from "../../support/field.ts";
import { lengthenChain, MAKE } from "../../support/long-chain.ts";
import { proposeAll } from "../../support/seal.ts";

export interface ChainPlan {
  readonly blocks: number;
  readonly validators: number;
  /** So many blocks at the beginning are a hub's own: they stand every check. Those after them stand that of their links. */
  readonly sound: number;
}

const PAGE_BLOCKS = 10_000;

export class KnownChain {
  /** The hub's data. */
  readonly data: string;
  readonly #client: string;

  constructor(directory: string) {
    this.data = join(directory, "hub");
    this.#client = join(directory, `client-v${CHECKPOINT_VERSION}`);
  }

  /** Puts what a client has verified of it into the client's home. */
  copyCheckpoint(homeDir: string): void {
    cpSync(this.#client, homeDir, { recursive: true });
  }

  /** The chain of the cache, made where it is not there yet. */
  static async of(cache: string, plan: ChainPlan, note: (text: string) => void): Promise<KnownChain> {
    const { blocks, validators, sound } = plan;
    const directory = join(cache, `known-chain-${blocks}-${validators}-${sound}-${MAKE}`);
    const chain = new KnownChain(directory);
    await once(join(directory, "bench-done"), async () => {
      rmSync(directory, { recursive: true, force: true });
      note(`a chain of ${blocks.toLocaleString("en-US")} blocks is made (once; it stays in the cache)`);
      makeDataDirectory(chain.data, validators);
      await playRounds(chain.data, sound, validators);
      lengthenChain(chain.data, blocks);
    });
    await once(join(chain.#client, "bench-done"), () => makeCheckpoint(chain.data, chain.#client));
    return chain;
  }
}

/** Makes something, unless a file says that it was made before. */
async function once(done: string, make: () => Promise<void>): Promise<void> {
  if (existsSync(done)) return;
  await make();
  writeFileSync(done, "");
}

/** Real rounds of a real hub, one proposal each. */
async function playRounds(directory: string, rounds: number, validators: number): Promise<void> {
  await speedUpVrf();
  const hub = startStoredHub(directory);
  hub.sequencer.start();
  for (let i = 0; i < rounds; i++) {
    await proposeAll(hub, makeField(hub.network.chainId, hub.slot(), keysOf(i % validators, 1)));
    await hub.closeRound();
  }
  hub.close();
}

async function makeCheckpoint(data: string, client: string): Promise<void> {
  const { store, network, close } = openDirectory(data);
  const { block, accounts, minted, burned } = store.load();
  if (block === null) throw new Error("a chain without blocks has no checkpoint");
  const ledger = restoreLedger(accounts, minted, burned);
  if (ledgerRoot(ledger) !== block.ledgerRoot) throw new Error("the chain does not end with its own ledger");
  const columns = new ChainColumns();
  while (columns.length < block.index) {
    for (const text of store.readBlocks(columns.length + 1, PAGE_BLOCKS, 2 ** 30)) {
      const next: Block = JSON.parse(text);
      const winner = next.proposal === null ? undefined : positionOf(ledger, addressOf(next.proposal.publicKey));
      const timestampMs = millisecondsOf(next.timestamp);
      columns.append({ ...next, timestampMs, winner: winner ?? null }, "replica");
    }
  }
  close();
  const checkpoint = { network, state: { tip: tipAfter(network, block), ledger }, block, columns, luck: new Luck() };
  await writeCheckpoint(checkpointPath(client, network.chainId), checkpoint, systemRuntime);
}
