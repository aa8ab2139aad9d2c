import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openDatabaseToRead } from "../../src/store/database.ts";
import { SCHEMA_VERSION } from "../../src/store/schema.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { StoreReader } from "../../src/store/store-reader.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";
import { testStore } from "../support/test-store.ts";

const anna = keyOf(2);

/** A store with one block, as version 1 of the tables had it. */
function storeOfVersion1(): string {
  const { path, store } = testStore();
  const chain = new TestChain(testGenesis(), (records) => store().commit(records));
  chain.join(anna, "anna", 100);
  chain.run(1, [anna]);
  store().close();
  const database = new DatabaseSync(path);
  database.exec("DROP TABLE commits; PRAGMA user_version = 1");
  database.close();
  return path;
}

function versionOf(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare("PRAGMA user_version").get()?.user_version;
  } finally {
    database.close();
  }
}

test("a store of an earlier version is brought up to date when the hub opens it, and loses nothing", () => {
  const path = storeOfVersion1();
  const store = openSqliteStore(path);
  expect(store.load().block?.index).toBe(1);
  store.close();
  expect(versionOf(path)).toBe(SCHEMA_VERSION);
});

test("commands that only look leave it as it is", () => {
  const path = storeOfVersion1();
  const database = openDatabaseToRead(path);
  const reader = new StoreReader(database);
  expect([reader.readTip()?.index, reader.readCommits()]).toEqual([1, 0]);
  database.close();
  expect(versionOf(path)).toBe(1);
});
