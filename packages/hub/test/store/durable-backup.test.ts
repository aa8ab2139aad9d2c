/** What a backup says is there, is there after the power went off. */
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { testGenesis } from "../support/test-chain.ts";

/** Calls of the real file system in their order. What SQLite does itself does not come by here. */
const calls = vi.hoisted((): { readonly what: "touch" | "sync"; readonly path: string }[] => []);

vi.mock(import("node:fs"), async (original) => {
  const real = await original();
  const paths = new Map<number, string>();
  const touch = (...touched: unknown[]): void => {
    for (const path of touched) {
      if (typeof path === "string") calls.push({ what: "touch", path });
      if (typeof path === "number") calls.push({ what: "touch", path: paths.get(path) ?? "" });
    }
  };
  const fs = {
    ...real,
    openSync: (...args: Parameters<typeof real.openSync>) => {
      const descriptor = real.openSync(...args);
      paths.set(descriptor, String(args[0]));
      if (args[1] !== "r") touch(args[0]);
      return descriptor;
    },
    fsyncSync: (descriptor: number) => {
      real.fsyncSync(descriptor);
      calls.push({ what: "sync", path: paths.get(descriptor) ?? "" });
    },
    mkdirSync: ((path: string, options: { readonly recursive: true }) => {
      const first = real.mkdirSync(path, options);
      touch(path);
      return first;
    }) as typeof real.mkdirSync,
    writeFileSync: (...args: Parameters<typeof real.writeFileSync>) => {
      real.writeFileSync(...args);
      touch(args[0]);
    },
    copyFileSync: (...args: Parameters<typeof real.copyFileSync>) => {
      real.copyFileSync(...args);
      touch(args[1]);
    },
    renameSync: (...args: Parameters<typeof real.renameSync>) => {
      real.renameSync(...args);
      // What was made durable under its first name is so under the second.
      calls.push({ what: "touch", path: String(args[1]) }, { what: "sync", path: String(args[1]) });
    },
  };
  return { ...fs, default: { ...real.default, ...fs } };
});

const lastOf = (what: "touch" | "sync", path: string): number =>
  calls.findLastIndex((call) => call.what === what && call.path === path);

/** Has the name been made durable in the directory that has it, after the last time that it was touched? */
const isNameDurable = (path: string): boolean =>
  lastOf("sync", dirname(path)) > Math.max(lastOf("touch", path), lastOf("sync", path));

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
      expect(lastOf("sync", file), file).toBeGreaterThan(lastOf("touch", file));
      expect(isNameDurable(file), file).toBe(true);
    }
    for (let at = target, i = 0; i < made; at = dirname(at), i++) expect(isNameDurable(at), at).toBe(true);
  },
);
