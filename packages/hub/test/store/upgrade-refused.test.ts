import { existsSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Notice } from "../../src/data/hub-data.ts";
import { openHubData } from "../../src/data/open-hub-data.ts";
import { openDatabase } from "../../src/store/database.ts";
import { SCHEMA_VERSION } from "../../src/store/schema.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { StoreReader } from "../../src/store/store-reader.ts";
import { upgradeDatabase } from "../../src/store/upgrade.ts";
import { dataConfig, NOW_MS } from "../support/data-config.ts";
import { olderDirectory, proposalsIn } from "../support/older-directory.ts";
import { changeStore, contentOf, digestOf } from "../support/older-store.ts";

/** Why something throws a StoreError. */
function faultOf(work: () => void): StoreError["fault"] | undefined {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof StoreError) return thrown.fault;
    throw thrown;
  }
  return undefined;
}

/** What a start answers, with what it told before. */
function start(directory: string, changes: Parameters<typeof dataConfig>[1] = {}) {
  const told: Notice[] = [];
  const result = openHubData(dataConfig(directory, changes), NOW_MS, (notice) => told.push(notice));
  if (result.ok) result.value.close();
  return { told, error: result.ok ? undefined : result.error };
}

describe.each([1, 2] as const)("a disk that fills while a store of version %i is brought up to date", (version) => {
  it("refuses it whole and names the room that it takes; with room again it goes through", () => {
    const { chain, before } = olderDirectory(version);
    const bytes = statSync(chain).size;
    const digest = digestOf(chain);
    const database = openDatabase(chain);
    const reader = new StoreReader(database);
    // SQLite's own limit: it answers SQLITE_FULL just as for a disk without room. Half of the copy fits.
    const pages = Number(database.prepare("PRAGMA page_count").get()?.page_count);
    database.exec(`PRAGMA max_page_count = ${Math.ceil(pages * 1.4)}`);
    const fault = faultOf(() => upgradeDatabase(database, reader, chain));
    expect(fault).toEqual({
      code: "UPGRADE_NEEDS_ROOM",
      what: "database or disk is full",
      expected: expect.any(Number),
    });
    expect(contentOf(chain)).toEqual(before);
    database.close();
    expect(digestOf(chain)).toBe(digest);
    expect(existsSync(`${chain}-wal`)).toBe(false);

    const again = openDatabase(chain);
    upgradeDatabase(again, new StoreReader(again), chain);
    // What it takes once the log is written into the file, and still there itself, is what was named, or somewhat less.
    again.exec("PRAGMA wal_checkpoint(PASSIVE)");
    const taken = statSync(`${chain}-wal`).size + statSync(chain).size - bytes;
    const ratio = Number(fault?.expected) / taken;
    expect({ ratio, fits: ratio >= 1 && ratio < 1.15 }).toMatchObject({ fits: true });
    again.close();
    const after = contentOf(chain);
    expect(after.version).toBe(SCHEMA_VERSION);
    expect(proposalsIn(after)).toEqual(proposalsIn(before));
  });
});

describe("a damaged store of an earlier version is refused with what is wrong, and left as it is", () => {
  it.each([
    [
      "a proposal of a sealed round that is no JSON",
      "UPDATE proposals SET json = substr(json, 1, 99) WHERE arrival = (SELECT min(arrival) FROM proposals)",
      { what: "proposal 1 of round 1", expected: "JSON text" },
    ],
    [
      "one without a receipt",
      "UPDATE proposals SET json = 'no JSON' WHERE arrival = 9",
      { what: "proposal 9 of round 3", expected: "JSON text" },
    ],
    [
      "an accepted one of the open round that is no proposal",
      "UPDATE proposals SET json = '{}' WHERE round = 3 AND receipt IS NOT NULL",
      { what: "proposal 5 of round 3", expected: "a proposal" },
    ],
    ["a missing column", "ALTER TABLE proposals DROP COLUMN receipt", { what: "no such column: receipt" }],
    ["a missing table", "DROP TABLE proposals", { what: "no such table: proposals" }],
    [
      "a table of a later version",
      "CREATE TABLE proposals_with_leaves (n)",
      { what: expect.stringContaining("already") },
    ],
    [
      "a value that no version allows",
      `CREATE TABLE loose (arrival, round, leaf, public_key, receipt, json);
       INSERT INTO loose SELECT * FROM proposals; UPDATE loose SET arrival = 1; DROP TABLE proposals;
       ALTER TABLE loose RENAME TO proposals`,
      { what: "UNIQUE constraint failed: proposals.arrival" },
    ],
    [
      "a last block that was changed",
      "UPDATE blocks SET json = json_replace(json, '$.bpm', 99) WHERE block_index = 2",
      { what: "block 2, hash" },
    ],
  ])("%s", (_, sql, fault) => {
    const { directory, chain } = olderDirectory(2, 10);
    changeStore(chain, sql);
    const digest = digestOf(chain);
    const damaged = contentOf(chain);
    expect(start(directory)).toMatchObject({
      error: { code: "STORE", file: chain, fault: { code: "STORE_DAMAGED", ...fault } },
    });
    expect(contentOf(chain)).toEqual(damaged);
    expect(digestOf(chain)).toBe(digest);
  });
});

describe("what else keeps a hub from starting", () => {
  it("shows before an older store is changed", () => {
    const { directory, chain } = olderDirectory(2, 1);
    const digest = digestOf(chain);
    const genesis = { network: { value: "physics", source: "--network" } };
    expect(start(directory, { genesis })).toMatchObject({ told: [], error: { code: "GENESIS_FIXED" } });
    expect(digestOf(chain)).toBe(digest);
    expect(start(directory)).toEqual({ told: [{ code: "UPGRADING", file: chain }], error: undefined });
  });
});

describe("--fresh", () => {
  it("moves an older store aside as it is", () => {
    const { directory, chain } = olderDirectory(2, 1);
    const digest = digestOf(chain);
    const { told, error } = start(directory, { fresh: true });
    expect({ told, error }).toEqual({ told: [], error: undefined });
    expect(digestOf(`${directory}/old-20260102T030405Z/chain.db`)).toBe(digest);
  });
});
