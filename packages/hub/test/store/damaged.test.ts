import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, test } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";
import { testStore } from "../support/test-store.ts";

const [anna, ben] = [keyOf(2), keyOf(3)];

/** A closed store of a chain with three blocks and an open round. */
function closedStore(): string {
  const { path, store } = testStore();
  const chain = new TestChain(testGenesis(), (records) => store().commit(records));
  chain.join(anna, "anna", 100);
  chain.join(ben, "ben", 200);
  chain.run(3, [anna, ben]);
  chain.propose(anna, 72);
  store().close();
  return path;
}

/** What opening and loading a store throws. */
function faultOf(path: string): StoreError["fault"] | undefined {
  try {
    const store = openSqliteStore(path);
    try {
      store.load();
    } finally {
      store.close();
    }
  } catch (thrown) {
    if (thrown instanceof StoreError) return thrown.fault;
    throw thrown;
  }
  return undefined;
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

test("a store that nobody touched loads", () => {
  expect(faultOf(closedStore())).toBeUndefined();
});

describe("a start names what does not hold together", () => {
  it.each([
    [
      "the tip's bpm",
      "UPDATE blocks SET json = json_replace(json, '$.bpm', 99) WHERE block_index = 3",
      "block 3, hash",
    ],
    ["the tip's text", "UPDATE blocks SET json = substr(json, 1, 500) WHERE block_index = 3", "block 3"],
    ["a missing tip", "DELETE FROM blocks WHERE block_index = 3", "the accounts, ledgerRoot"],
    [
      "the tip's transactions",
      "UPDATE blocks SET json = json_set(json, '$.transactions', json('[]')) WHERE block_index = 1; DELETE FROM blocks WHERE block_index > 1",
      "block 1, transactionsRoot",
    ],
    ["the next seed", `UPDATE blocks SET next_seed = '${"0".repeat(64)}' WHERE block_index = 3`, "block 3, next seed"],
    [
      "an account's tokens",
      "UPDATE accounts SET json = json_replace(json, '$.bonded', 101) WHERE position = 0",
      "the accounts, ledgerRoot",
    ],
    ["an account's form", "UPDATE accounts SET json = json_remove(json, '$.nonce') WHERE position = 1", "account 1"],
    ["a missing account", "DELETE FROM accounts WHERE position = 1", "the accounts, ledgerRoot"],
    ["the minted tokens", "UPDATE state SET minted = minted + 1", "minted tokens"],
    ["the last round", "UPDATE state SET last_round = 2", "the last round"],
    ["the opening's round", "UPDATE state SET opening = json_replace(opening, '$.round', 3)", "the opening, round"],
    [
      "the opening's close",
      "UPDATE state SET opening = json_replace(opening, '$.closesAt', '2026-01-01T00:00:00.001Z')",
      "the opening, signature",
    ],
    ["an accepted proposal", "UPDATE proposals SET json = '{}' WHERE round = 4", /^proposal \d+ of round 4$/],
    ["genesis", "UPDATE state SET genesis = json_replace(genesis, '$.bpmMin', 300)", "genesis bpmMin"],
    ["the state", "DELETE FROM state", "table state"],
  ])("%s", (_, sql, what) => {
    const path = closedStore();
    change(path, sql);
    expect(faultOf(path)).toMatchObject({
      code: "STORE_DAMAGED",
      what: typeof what === "string" ? what : expect.stringMatching(what),
    });
  });

  it("bytes that were overwritten in the file", () => {
    const path = closedStore();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4_096);
    writeFileSync(path, bytes);
    expect(faultOf(path)?.code).toBe("STORE_DAMAGED");
  });
});

describe("a file that is not a store of this version is refused and left as it is", () => {
  it("one that a newer program wrote", () => {
    const path = closedStore();
    change(path, "PRAGMA user_version = 4");
    const before = readFileSync(path);
    expect(faultOf(path)).toEqual({ code: "STORE_NEWER", what: "schema version", expected: 3, actual: 4 });
    expect(readFileSync(path)).toEqual(before);
  });

  it("another program's database", () => {
    const path = closedStore();
    change(path, "PRAGMA application_id = 42; PRAGMA journal_mode = DELETE");
    const before = readFileSync(path);
    expect(faultOf(path)).toMatchObject({ code: "STORE_FOREIGN", actual: 42 });
    expect(readFileSync(path)).toEqual(before);
  });

  it.each([
    ["text", "this is no database, but it is long enough to look like one at first ".repeat(20)],
    ["nothing", ""],
  ])("%s", (_, content) => {
    const path = closedStore();
    writeFileSync(path, content);
    expect(faultOf(path)?.code).toBe("STORE_FOREIGN");
    expect(readFileSync(path, "utf8")).toBe(content);
  });
});
