import { join } from "node:path";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { onTestFinished } from "vitest";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openSqliteStore, type SqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { testGenesis } from "./test-chain.ts";

export interface TestStore {
  readonly path: string;
  /** The store as it is open now. */
  readonly store: () => SqliteStore;
  /** Closes it and opens it again. */
  readonly reopen: () => SqliteStore;
}

/** A store of a new chain in a file, closed and removed after the test. */
export function testStore(genesis: Genesis = testGenesis()): TestStore {
  const path = join(temporaryDirectory(), "chain.db");
  createChainFile(path, genesis);
  let store = openSqliteStore(path);
  onTestFinished(() => store.close());
  return {
    path,
    store: () => store,
    reopen: () => {
      store.close();
      store = openSqliteStore(path);
      return store;
    },
  };
}
