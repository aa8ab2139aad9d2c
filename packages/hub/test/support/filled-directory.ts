import type { Block } from "pos-shared/model/block.ts";
import type { HubData } from "../../src/data/hub-data.ts";
import { dataConfig, opened } from "./data-config.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { keyOf, TestChain } from "./test-chain.ts";

export interface FilledDirectory {
  readonly directory: string;
  readonly blocks: readonly Block[];
  readonly chain: TestChain;
  /** Still open, as while a hub runs. */
  readonly data: HubData;
}

/** Two validators; a name that a spreadsheet would take for a formula, and one with letters beyond ASCII. */
export const [anna, zoe] = [keyOf(2), keyOf(3)] as const;

/** A data directory that a hub holds, with blocks, an open round and a proposal in it. */
export function filledDirectory(rounds: number): FilledDirectory {
  const directory = temporaryDirectory();
  const data = opened(dataConfig(directory));
  const blocks: Block[] = [];
  const commit: ConstructorParameters<typeof TestChain>[1] = (records) => {
    data.store.commit(records);
    for (const record of records) if (record.kind === "block") blocks.push(record.block);
  };
  const chain = new TestChain(data.network.genesis, commit, data.hubKey);
  chain.join(anna, "-anna", 100);
  chain.join(zoe, "Zoë", 300);
  chain.run(rounds, [anna, zoe]);
  chain.propose(anna, 72);
  return { directory, blocks, chain, data };
}
