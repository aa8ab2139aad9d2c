import { join } from "node:path";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { expect, test } from "vitest";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openSqliteStore, SqliteStore } from "../../src/store/sqlite-store.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";

test("a full disk refuses a commit whole; with room again the same commit goes through", () => {
  const path = join(temporaryDirectory(), "chain.db");
  createChainFile(path, testGenesis());
  const database = openDatabase(path);
  const store = new SqliteStore(database, path);
  const anna = keyOf(2);
  const chain = new TestChain(testGenesis(), (records) => store.commit(records));
  chain.join(anna, "anna", 100);
  chain.run(2, [anna]);
  chain.propose(anna, 72);

  // SQLite's own limit: it answers SQLITE_FULL just as for a disk without room.
  const pages = Number(database.prepare("PRAGMA page_count").get()?.page_count);
  database.exec(`PRAGMA max_page_count = ${pages}`);
  const [accepted] = store.load().proposals;
  if (accepted === undefined) throw new Error("no proposal");
  const proposals = Array.from({ length: 100 }, (_, i) => {
    const proposal = { ...accepted.proposal, bpm: i };
    return { kind: "proposal", round: 3, text: canonicalize(proposal), receipt: null } as const;
  });
  const before = store.load();
  expect(() => store.commit(proposals)).toThrow(StoreError);
  expect(() => store.commit(proposals)).toThrow(/STORE_FULL/);
  expect(store.load()).toEqual(before);
  expect(store.readProposals(3)).toHaveLength(1);

  database.exec("PRAGMA max_page_count = 1000000");
  store.commit(proposals);
  chain.close();
  store.close();
  const reopened = openSqliteStore(path);
  expect(reopened.load().block?.index).toBe(3);
  reopened.close();
});
