import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataConfig, dataDirectory, faultOf, opened } from "../support/data-config.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf } from "../support/test-chain.ts";

describe("--fresh", () => {
  it("starts a new network and moves the old one aside, where it can be run again", () => {
    const { directory, chainId } = dataDirectory();
    const fresh = opened(dataConfig(directory, { fresh: true, genesis: { faucet: { value: 5, source: "--faucet" } } }));
    const aside = join(directory, "old-20260102T030405Z");
    expect(fresh.notices).toEqual([{ code: "MOVED_ASIDE", directory: aside }]);
    expect(fresh.network.chainId).not.toBe(chainId);
    expect(fresh.network.genesis.faucet).toBe(5);
    fresh.close();
    expect(readdirSync(aside).sort()).toEqual(["chain.db", "genesis.json", "hub-key"]);
    const old = opened(dataConfig(aside));
    expect(old.network.chainId).toBe(chainId);
    old.store.load();
    old.close();
  });

  it("twice within a second keeps both", () => {
    const { directory } = dataDirectory();
    opened(dataConfig(directory, { fresh: true })).close();
    const second = opened(dataConfig(directory, { fresh: true }));
    expect(second.notices).toEqual([{ code: "MOVED_ASIDE", directory: join(directory, "old-20260102T030405Z-2") }]);
    second.close();
  });

  it("moves nothing where there is nothing, and nothing when what was asked for is wrong", () => {
    const directory = temporaryDirectory();
    const first = opened(dataConfig(join(directory, "hub"), { fresh: true }));
    expect(first.notices).toEqual([]);
    first.close();
    const file = join(directory, "class.json");
    writeFileSync(file, JSON.stringify({ bpmMin: 300 }));
    const config = dataConfig(join(directory, "hub"), {
      fresh: true,
      genesis: { file: { value: file, source: "--genesis" } },
    });
    expect(faultOf(config)).toMatchObject({ code: "GENESIS_FILE_WRONG", path: "bpmMin" });
    const same = opened(dataConfig(join(directory, "hub")));
    expect(same.network.chainId).toBe(first.network.chainId);
    same.close();
  });

  it("helps out of a damaged chain, which is kept", () => {
    const { directory } = dataDirectory();
    writeFileSync(join(directory, "chain.db"), "no database");
    expect(faultOf(dataConfig(directory))).toMatchObject({ code: "STORE", fault: { code: "STORE_FOREIGN" } });
    opened(dataConfig(directory, { fresh: true })).close();
    expect(readFileSync(join(directory, "old-20260102T030405Z", "chain.db"), "utf8")).toBe("no database");
  });
});

describe("a start that was interrupted", () => {
  it("after the key was written goes on with that key", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "hub-key"), `${"05".repeat(32)}\n`);
    const data = opened(dataConfig(directory));
    expect(data.network.genesis.hub).toBe(keyOf(5).publicKey);
    expect(data.isNew).toBe(true);
    data.close();
  });

  it("while the chain was being made leaves nothing in the way", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "chain.db.new"), "half of a chain");
    opened(dataConfig(directory)).close();
    expect(readdirSync(directory).sort()).toEqual(["chain.db", "genesis.json", "hub-key", "lock"]);
  });

  it("while --fresh moved the old chain leaves either network whole", () => {
    // The chain has moved, its key not yet: a new network starts, with the old key still in both places.
    const { directory } = dataDirectory();
    const key = readFileSync(join(directory, "hub-key"), "utf8");
    rmSync(join(directory, "chain.db"));
    rmSync(join(directory, "genesis.json"));
    const data = opened(dataConfig(directory));
    expect(data.isNew).toBe(true);
    expect(readFileSync(join(directory, "hub-key"), "utf8")).toBe(key);
    data.close();
  });
});
