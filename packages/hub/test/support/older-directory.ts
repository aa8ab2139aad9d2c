import { rmSync } from "node:fs";
import { join } from "node:path";
import type { StoredState } from "../../src/store/store.ts";
import { filledDirectory, zoe } from "./filled-directory.ts";
import { addProposals, contentOf, makeOlder, type StoreContent } from "./older-store.ts";

export interface OlderDirectory {
  readonly directory: string;
  /** The path of its store. */
  readonly chain: string;
  /** What its store held when it was still up to date. */
  readonly state: StoredState;
  /** Everything in the store now. */
  readonly before: StoreContent;
}

/**
 * A closed data directory that an earlier version has left: two blocks, an open round with a proposal in it, and more
 * proposals than SQLite keeps in memory (2 MB), so that they are on the disk while they are copied.
 */
export function olderDirectory(version: 1 | 2, proposals = 4_000): OlderDirectory {
  const { directory, chain: running, data } = filledDirectory(2);
  running.propose(zoe, 73);
  running.equivocate(zoe, 74);
  const state = data.store.load();
  data.close();
  const chain = join(directory, "chain.db");
  makeOlder(chain, version);
  // Nothing told how far the first version had come.
  if (version === 1) rmSync(join(directory, "commits"));
  addProposals(chain, proposals);
  return { directory, chain, state, before: contentOf(chain) };
}

/** What a proposal is in every version. */
export function proposalsIn({ tables }: StoreContent): readonly object[] | undefined {
  return tables.proposals?.map(({ arrival, round, receipt, json }) => ({ arrival, round, receipt, json }));
}
