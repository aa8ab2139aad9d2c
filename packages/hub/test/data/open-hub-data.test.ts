import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openNetwork } from "pos-shared/chain/network.ts";
import { describe, expect, it } from "vitest";
import type { Notice } from "../../src/data/hub-data.ts";
import { openHubData } from "../../src/data/open-hub-data.ts";
import { sentenceOfNotice } from "../../src/words/data-faults.ts";
import { dataConfig, dataDirectory, faultOf, NOW_MS, opened } from "../support/data-config.ts";
import { makeOlder } from "../support/older-store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf, TestChain } from "../support/test-chain.ts";

const ANNA = { publicKey: keyOf(2).publicKey, name: "anna", liquid: 5, bonded: 7 };

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe("a hub that starts where there is nothing", () => {
  it("makes a network with the usual parameters (DESIGN §8, §10)", () => {
    const data = opened(dataConfig(join(temporaryDirectory(), "not", "yet", "there")));
    expect(data.network.genesis).toEqual({
      version: 1,
      network: "classroom",
      rule: "stake-lottery",
      createdAt: "2026-01-02T03:04:05.678Z",
      roundMs: 30_000,
      faucet: 1000,
      blockReward: 10,
      unbondingRounds: 10,
      activationDelay: 0,
      bpmMin: 30,
      bpmMax: 220,
      params: {},
      hub: data.hubKey.publicKey,
      accounts: [],
    });
    expect(data).toMatchObject({ isNew: true, roundMs: 30_000, notices: [] });
    data.close();
  });

  it("takes parameters from flags, and others from a genesis file, which flags beat", () => {
    const directory = temporaryDirectory();
    const file = join(directory, "class.json");
    writeFileSync(
      file,
      JSON.stringify({ network: "physics", faucet: 0, bpmMin: 40, roundMs: 5_000, accounts: [ANNA] }),
    );
    const data = opened(
      dataConfig(join(directory, "hub"), {
        genesis: {
          file: { value: file, source: "--genesis" },
          network: { value: "chemistry", source: "--network" },
          activationDelay: { value: 2, source: "--activation-delay" },
        },
      }),
    );
    expect(data.network.genesis).toMatchObject({
      network: "chemistry",
      faucet: 0,
      bpmMin: 40,
      bpmMax: 220,
      roundMs: 5_000,
      activationDelay: 2,
      accounts: [ANNA],
    });
    expect(data.store.load()).toMatchObject({ minted: 12, accounts: [{ name: "anna", nonce: 1 }] });
    expect(data.notices).toEqual([]);
    data.close();
  });

  it("says so when nobody has tokens and nobody gets any", () => {
    const data = opened(dataConfig(undefined, { genesis: { faucet: { value: 0, source: "--faucet" } } }));
    expect(data.notices).toEqual([{ code: "NO_TOKENS" }]);
    data.close();
  });

  it.skipIf(process.platform === "win32")("lets nobody else read its directory and its key", () => {
    const { directory } = dataDirectory();
    expect(modeOf(directory)).toBe("700");
    expect(modeOf(join(directory, "hub-key"))).toBe("600");
    chmodSync(join(directory, "hub-key"), 0o644);
    opened(dataConfig(directory)).close();
    expect(modeOf(join(directory, "hub-key"))).toBe("600");
  });

  it("keeps nothing on disk with --memory", () => {
    const data = opened(dataConfig(undefined));
    expect(data).toMatchObject({ directory: null, isNew: true });
    expect(data.store.load().block).toBeNull();
    data.close();
  });

  it("writes genesis beside the chain, for people", () => {
    const { directory, chainId } = dataDirectory();
    const copy = openNetwork(JSON.parse(readFileSync(join(directory, "genesis.json"), "utf8")));
    expect(copy.ok && copy.value.chainId).toBe(chainId);
  });
});

describe("a hub that starts on its data", () => {
  it("goes on with the same chain, key and accounts", () => {
    const directory = join(temporaryDirectory(), "hub");
    const first = opened(dataConfig(directory));
    const chain = new TestChain(first.network.genesis, (records) => first.store.commit(records), first.hubKey);
    chain.join(keyOf(2), "anna", 100);
    chain.run(2, [keyOf(2)]);
    const before = first.store.load();
    first.close();
    const second = opened(dataConfig(directory), NOW_MS + 1);
    expect(second.store.load()).toEqual(before);
    expect(second).toMatchObject({ isNew: false, notices: [] });
    expect(second.network).toEqual(first.network);
    expect(second.hubKey.publicKey).toBe(first.hubKey.publicKey);
    second.close();
  });

  it("says when a file of an earlier version is brought up to date, before it is; the next start needs no word", () => {
    const { directory } = dataDirectory();
    makeOlder(join(directory, "chain.db"), 2);
    const told: Notice[] = [];
    for (let i = 0; i < 2; i++) {
      const result = openHubData(dataConfig(directory), NOW_MS, (notice) => told.push(notice));
      if (result.ok) result.value.close();
    }
    expect(told).toEqual([{ code: "UPGRADING", file: join(directory, "chain.db") }]);
    expect(sentenceOfNotice({ code: "UPGRADING", file: "chain.db" })).toContain("chain.db is brought up to date");
  });

  it("gives rounds of this run another length, and says so; the same length needs no word", () => {
    const { directory, chainId } = dataDirectory();
    const data = opened(dataConfig(directory, { roundMs: { value: 5_000, source: "--round" } }));
    expect(data.network.chainId).toBe(chainId);
    expect(data.roundMs).toBe(5_000);
    expect(data.notices).toEqual([{ code: "ROUND_LENGTH", source: "--round", genesisMs: 30_000, roundMs: 5_000 }]);
    data.close();
    const same = opened(dataConfig(directory, { roundMs: { value: 30_000, source: "--round" } }));
    expect(same.notices).toEqual([]);
    same.close();
  });

  it.each([
    ["network", { network: { value: "physics", source: "--network" } }, "classroom", "physics", "--network"],
    ["faucet", { faucet: { value: "unlimited", source: "POS_HUB_FAUCET" } }, "1000", "unlimited", "POS_HUB_FAUCET"],
    ["blockReward", { blockReward: { value: 11, source: "--reward" } }, "10", "11", "--reward"],
    [
      "activationDelay",
      { activationDelay: { value: 2, source: "--activation-delay" } },
      "0",
      "2",
      "--activation-delay",
    ],
  ] as const)(
    "cannot change its %s by a setting: both values are named",
    (field, genesis, expected, actual, source) => {
      const { directory } = dataDirectory();
      expect(faultOf(dataConfig(directory, { genesis }))).toEqual({
        code: "GENESIS_FIXED",
        source,
        field,
        expected,
        actual,
      });
    },
  );

  it("takes the same settings again, and the same genesis file, but no other one", () => {
    const directory = temporaryDirectory();
    const file = join(directory, "class.json");
    writeFileSync(file, JSON.stringify({ bpmMax: 200, accounts: [ANNA], params: {} }));
    const genesis = {
      file: { value: file, source: "--genesis" },
      faucet: { value: 7, source: "--faucet" },
    };
    const config = dataConfig(join(directory, "hub"), { genesis });
    opened(config).close();
    opened(config).close();
    writeFileSync(file, JSON.stringify({ bpmMax: 200, accounts: [{ ...ANNA, liquid: 6 }] }));
    expect(faultOf(config)).toMatchObject({ code: "GENESIS_FIXED", source: "--genesis", field: "accounts" });
    // What a flag says counts, whatever the file says.
    writeFileSync(file, JSON.stringify({ faucet: 8 }));
    opened(config).close();
  });
});
