/** What a backup says is there, is there after the power went off. */
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { calls, isContentDurable, isNameDurable } from "../support/recorded-calls.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { testGenesis } from "../support/test-chain.ts";

// Hoisted above the imports, so that it has one of its own.
vi.mock(import("node:fs"), async (original) => {
  const { recording } = await import("../support/recorded-calls.ts");
  return recording(await original());
});

test.skipIf(process.platform === "win32").each([
  ["a new directory", ["copy"], 1],
  ["a new directory with new ones above it", ["new", "place", "copy"], 3],
])(
  "a backup into %s is durable when it returns: each file, its name, and the names above it",
  async (_, names, made) => {
    const directory = temporaryDirectory();
    const [path, key] = [join(directory, "chain.db"), join(directory, "hub-key")];
    createChainFile(path, testGenesis());
    writeFileSync(key, "secret\n", { mode: 0o600 });
    const store = openSqliteStore(path, [key]);
    const target = join(directory, ...names);
    calls.length = 0;
    await store.backup(target);
    store.close();

    const files = readdirSync(target).map((name) => join(target, name));
    expect(files.map((file) => file.slice(target.length + 1)).sort()).toEqual(["backup.json", "chain.db", "hub-key"]);
    for (const file of files) {
      expect(isContentDurable(file), file).toBe(true);
      expect(isNameDurable(file), file).toBe(true);
    }
    for (let at = target, i = 0; i < made; at = dirname(at), i++) expect(isNameDurable(at), at).toBe(true);
  },
);
