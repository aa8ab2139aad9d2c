import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openHubData } from "../../src/data/open-hub-data.ts";
import { dataConfig, NOW_MS, opened } from "../support/data-config.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf } from "../support/test-chain.ts";

const ANNA = { publicKey: keyOf(2).publicKey, name: "anna", liquid: 5, bonded: 7 };

function configWith(file: string) {
  return dataConfig(undefined, { genesis: { file: { value: file, source: "--genesis" } } });
}

function write(text: string): string {
  const file = join(temporaryDirectory(), "genesis.json");
  writeFileSync(file, text);
  return file;
}

describe("the file of --genesis", () => {
  it("may give any part that a network's maker chooses", () => {
    const parts = {
      network: "klasse-5ä",
      rule: "stake-lottery",
      roundMs: 200,
      faucet: "unlimited",
      blockReward: 0,
      unbondingRounds: 1,
      activationDelay: 3,
      bpmMin: 50,
      bpmMax: 60,
      params: {},
      accounts: [ANNA],
    };
    const data = opened(configWith(write(`\uFEFF${JSON.stringify(parts)}`)));
    expect(data.network.genesis).toMatchObject(parts);
    data.close();
  });

  it.each([
    ["no JSON", "network: x", "", "JSON text"],
    ["a list", "[]", "", "a JSON object"],
    ["null", "null", "", "a JSON object"],
    ["an unknown key", '{"reward":1}', "reward", expect.stringContaining("blockReward")],
    ["the hub's own parts", '{"hub":"00"}', "hub", expect.stringContaining("accounts")],
    ["a wrong type", '{"bpmMin":"low"}', "bpmMin", "an integer of at least 0"],
    ["a name that is none", '{"network":"a b"}', "network", "1 to 32 letters, digits, _ or -"],
    ["an unknown rule", '{"rule":"proof-of-work"}', "rule", "stake-lottery"],
    ["params that the rule does not have", '{"params":{"x":1}}', "params.x", "no such key"],
    ["a round below 200 ms", '{"roundMs":199}', "roundMs", "an integer of at least 200"],
    ["a round that no timer can wait for", '{"roundMs":604800001}', "roundMs", "at most 604800000"],
    [
      "an account without its tokens",
      JSON.stringify({ accounts: [{ publicKey: ANNA.publicKey, name: "anna" }] }),
      "accounts[0].liquid",
      "this key",
    ],
    [
      "a name twice",
      JSON.stringify({ accounts: [ANNA, { ...ANNA, publicKey: keyOf(3).publicKey, name: "ANNA" }] }),
      "accounts[1].name",
      "a name of its own",
    ],
    [
      "a key twice",
      JSON.stringify({ accounts: [ANNA, { ...ANNA, name: "ben" }] }),
      "accounts[1].publicKey",
      "a key of its own",
    ],
    [
      "a key that is none",
      JSON.stringify({ accounts: [{ ...ANNA, publicKey: "00".repeat(32) }] }),
      "accounts[0].publicKey",
      "a valid Ed25519 public key",
    ],
    [
      "too many tokens",
      JSON.stringify({ accounts: [{ ...ANNA, liquid: Number.MAX_SAFE_INTEGER }] }),
      "accounts",
      `at most ${Number.MAX_SAFE_INTEGER} tokens in all`,
    ],
  ])("is refused with %s: the place is named", (_, text, path, expected) => {
    const file = write(text);
    expect(openHubData(configWith(file), NOW_MS)).toMatchObject({
      ok: false,
      error: { code: "GENESIS_FILE_WRONG", file, path, expected },
    });
  });

  it("is refused when it cannot be read", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "folder"));
    const reasonOf = (file: string) => openHubData(configWith(file), NOW_MS);
    const error = (reason: string) => ({ ok: false, error: { code: "GENESIS_FILE_UNREADABLE", reason } });
    expect(reasonOf(join(directory, "none.json"))).toMatchObject(error("ENOENT"));
    expect(reasonOf(join(directory, "folder"))).toMatchObject(error("EISDIR"));
  });
});
