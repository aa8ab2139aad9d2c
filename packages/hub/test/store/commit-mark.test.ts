import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CommitMark } from "../../src/store/commit-mark.ts";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openSqliteStore, type SqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";

const anna = keyOf(2);

interface Place {
  readonly chain: string;
  readonly mark: string;
}

function open({ chain, mark }: Place): SqliteStore {
  return openSqliteStore(chain, [], new CommitMark(mark));
}

/** A closed store with blocks 1 to 3, and a copy of the file as it was after block 2. */
function storeAndOlderCopy(): Place & { readonly older: string } {
  const directory = temporaryDirectory();
  const place = { chain: join(directory, "chain.db"), mark: join(directory, "commits") };
  const older = join(directory, "older.db");
  createChainFile(place.chain, testGenesis());
  let store = open(place);
  const chain = new TestChain(testGenesis(), (records) => store.commit(records));
  chain.join(anna, "anna", 100);
  chain.run(2, [anna]);
  store.close();
  copyFileSync(place.chain, older);
  store = open(place);
  chain.run(1, [anna]);
  store.close();
  return { ...place, older };
}

test("an older copy in the place of a store is noticed, and the first block that it lacks is named", () => {
  const place = storeAndOlderCopy();
  open(place).close();
  copyFileSync(place.older, place.chain);
  const store = open(place);
  expect(() => store.load()).toThrow(/STORE_BEHIND: block 3/);
  store.acceptAsIs();
  expect(store.load().block?.index).toBe(2);
  store.close();
});

test("the mark is never a reason of its own: without one, or with one that cannot be read, a store loads", () => {
  const place = storeAndOlderCopy();
  rmSync(place.mark);
  let store = open(place);
  expect(store.load().block?.index).toBe(3);
  store.close();
  writeFileSync(place.mark, "no numbers");
  store = open(place);
  expect(store.load().block?.index).toBe(3);
  store.close();
});

test("a mark that is behind the store, as after a loss of power, says nothing", () => {
  const place = storeAndOlderCopy();
  const mark = new CommitMark(place.mark);
  mark.write({ commits: 1, index: 0 });
  mark.close();
  const store = open(place);
  expect(store.load().block?.index).toBe(3);
  store.close();
});

test("a mark is the owner's alone, and a store that is only read makes none", () => {
  const place = storeAndOlderCopy();
  expect(statSync(place.mark).mode & 0o777).toBe(0o600);
  rmSync(place.mark);
  const store = open(place);
  store.load();
  store.close();
  expect(existsSync(place.mark)).toBe(false);
});
