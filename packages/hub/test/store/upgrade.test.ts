import { DatabaseSync } from "node:sqlite";
import type { ReceiptedProposal } from "pos-shared/model/receipt.ts";
import { describe, expect, it } from "vitest";
import { openDatabaseToRead } from "../../src/store/database.ts";
import { SCHEMA_VERSION } from "../../src/store/schema.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { StoreReader } from "../../src/store/store-reader.ts";
import { makeOlder } from "../support/older-store.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";
import { testStore } from "../support/test-store.ts";

const anna = keyOf(2);
const ben = keyOf(3);

/** As earlier versions of this program made it: one block, and a round in which both have proposed, Ben twice. */
function storeOf(version: 1 | 2): { readonly path: string; readonly accepted: readonly ReceiptedProposal[] } {
  const { path, store } = testStore();
  const chain = new TestChain(testGenesis(), (records) => store().commit(records));
  chain.join(anna, "anna", 100);
  chain.join(ben, "ben", 100);
  chain.run(1, [anna, ben]);
  chain.propose(ben, 72);
  chain.propose(anna, 73);
  chain.equivocate(ben, 74);
  const accepted = store().load().proposals;
  store().close();
  makeOlder(path, version);
  return { path, accepted };
}

function versionOf(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare("PRAGMA user_version").get()?.user_version;
  } finally {
    database.close();
  }
}

describe.each([1, 2] as const)("a store of version %i", (version) => {
  it("is brought up to date when the hub opens it, and loses nothing", () => {
    const { path, accepted } = storeOf(version);
    const store = openSqliteStore(path);
    const { block, proposals } = store.load();
    expect(block?.index).toBe(1);
    expect(proposals).toEqual(accepted);
    expect(proposals.map(({ proposal }) => proposal.bpm)).toEqual([72, 73]);
    expect(store.readProposals(1)).toHaveLength(2);
    store.close();
    expect(versionOf(path)).toBe(SCHEMA_VERSION);
  });

  it("is left as it is by commands that only look", () => {
    const { path, accepted } = storeOf(version);
    const database = openDatabaseToRead(path);
    const reader = new StoreReader(database);
    expect(reader.readTip()?.index).toBe(1);
    expect(reader.readState().proposals).toEqual(accepted);
    expect(reader.readProposals(1)).toHaveLength(2);
    expect(reader.readCommits() === 0).toBe(version === 1);
    database.close();
    expect(versionOf(path)).toBe(version);
  });
});
