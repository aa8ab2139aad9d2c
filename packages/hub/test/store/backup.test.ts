import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeBackup } from "../../src/store/backup.ts";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openDatabaseToRead } from "../../src/store/database.ts";
import { openMemoryStore, openSqliteStore } from "../../src/store/sqlite-store.ts";
import { startChild } from "../support/child.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";

describe("a backup", () => {
  it("is a store of one moment, with the files that belong to it, and what is written later is not in it", async () => {
    const directory = temporaryDirectory();
    const [path, key] = [join(directory, "chain.db"), join(directory, "hub-key")];
    writeFileSync(key, "secret\n", { mode: 0o600 });
    createChainFile(path, testGenesis());
    const store = openSqliteStore(path, [key, join(directory, "not-there")]);
    const chain = new TestChain(testGenesis(), (records) => store.commit(records));
    const anna = keyOf(2);
    chain.join(anna, "anna", 100);
    chain.run(2, [anna]);
    const before = store.load();
    await store.backup(join(directory, "copy"));
    chain.run(1, [anna]);
    store.close();
    expect(readdirSync(join(directory, "copy")).sort()).toEqual(["backup.json", "chain.db", "hub-key"]);
    expect(readFileSync(join(directory, "copy", "hub-key"), "utf8")).toBe("secret\n");
    const copy = openSqliteStore(join(directory, "copy", "chain.db"));
    expect(copy.load()).toEqual(before);
    copy.close();
  });

  it("of a store that another process writes all the while holds together", async () => {
    const directory = temporaryDirectory();
    const path = join(directory, "chain.db");
    createChainFile(path, testGenesis());
    const child = startChild("committing-child.ts", [path]);
    await child.untilLines(20);
    const database = openDatabaseToRead(path);
    for (const name of ["one", "two", "three"]) {
      writeBackup(database, "chain.db", [], join(directory, name));
      const copy = openSqliteStore(join(directory, name, "chain.db"));
      expect(copy.load().block?.index).toBeGreaterThan(0);
      copy.close();
    }
    database.close();
    expect(child.process.exitCode).toBeNull();
  });

  it("of a store in memory is a chain in a file", async () => {
    const directory = join(temporaryDirectory(), "new", "place");
    const store = openMemoryStore(testGenesis());
    await store.backup(directory);
    const copy = openSqliteStore(join(directory, "chain.db"));
    expect(copy.load()).toEqual(store.load());
    copy.close();
  });

  it("does not write into a directory that holds something, and leaves nothing behind when it fails", async () => {
    const directory = temporaryDirectory();
    const store = openMemoryStore(testGenesis());
    writeFileSync(join(directory, "mine"), "");
    await expect(store.backup(directory)).rejects.toMatchObject({ code: "BACKUP_FAILED" });
    expect(readdirSync(directory)).toEqual(["mine"]);

    const path = join(directory, "chain.db");
    createChainFile(path, testGenesis());
    mkdirSync(join(directory, "hub-key"));
    const stored = openSqliteStore(path, [join(directory, "hub-key")]);
    await expect(stored.backup(join(directory, "copy"))).rejects.toMatchObject({ code: "BACKUP_FAILED" });
    expect(existsSync(join(directory, "copy"))).toBe(false);
    stored.close();
  });
});
