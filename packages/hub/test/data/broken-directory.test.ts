import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openNetwork } from "pos-shared/chain/network.ts";
import { describe, expect, it } from "vitest";
import { dataConfig, dataDirectory, faultOf, opened } from "../support/data-config.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf } from "../support/test-chain.ts";

describe("a data directory that does not hold together", () => {
  it.each([
    ["without the chain", "chain.db", undefined, { code: "CHAIN_MISSING" }],
    ["without the key", "hub-key", undefined, { code: "KEY_MISSING" }],
    ["with a damaged key", "hub-key", "0123\n", { code: "KEY_DAMAGED" }],
    ["with another hub's key", "hub-key", `${"02".repeat(32)}\n`, { code: "KEY_FOREIGN", actual: keyOf(2).publicKey }],
    ["with a damaged genesis", "genesis.json", "{", { code: "GENESIS_DAMAGED", expected: "JSON text" }],
    ["with half a genesis", "genesis.json", '{"version":1}', { code: "GENESIS_DAMAGED", path: "network" }],
  ])("%s is refused, and the directory is free again", (_, name, content, fault) => {
    const { directory } = dataDirectory();
    const file = join(directory, name);
    rmSync(file);
    if (content !== undefined) writeFileSync(file, content);
    expect(faultOf(dataConfig(directory))).toMatchObject({ file, ...fault });
    expect(existsSync(join(directory, "holder.json"))).toBe(false);
  });

  it("with the genesis of another network is refused: both chain ids are named", () => {
    const [one, other] = [dataDirectory(), dataDirectory()];
    const genesis = JSON.parse(readFileSync(join(other.directory, "genesis.json"), "utf8"));
    const changed = { ...genesis, bpmMax: 99 };
    writeFileSync(join(one.directory, "genesis.json"), JSON.stringify(changed));
    const opened = openNetwork(changed);
    expect(faultOf(dataConfig(one.directory))).toMatchObject({
      code: "GENESIS_FOREIGN",
      expected: one.chainId,
      actual: opened.ok ? opened.value.chainId : "",
    });
  });

  it("without the copy of genesis gets it back from the chain", () => {
    const { directory } = dataDirectory();
    const file = join(directory, "genesis.json");
    const before = readFileSync(file, "utf8");
    rmSync(file);
    opened(dataConfig(directory)).close();
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

describe("a place that cannot be used", () => {
  it.skipIf(process.platform === "win32")("is named with the reason", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "file"), "");
    expect(faultOf(dataConfig(join(directory, "file", "hub")))).toEqual({
      code: "DATA_UNUSABLE",
      path: join(directory, "file", "hub"),
      reason: "ENOTDIR",
    });
    expect(faultOf(dataConfig(join(directory, "file")))).toMatchObject({ code: "DATA_UNUSABLE", reason: "EEXIST" });
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("for want of permission too", () => {
    const directory = join(temporaryDirectory(), "closed");
    mkdirSync(directory, { mode: 0o500 });
    expect(faultOf(dataConfig(directory))).toMatchObject({ code: "DATA_UNUSABLE" });
  });
});
