import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { describe, expect, it } from "vitest";
import { startChild } from "../support/child.ts";
import { posHub } from "../support/cli.ts";
import { dataConfig, opened } from "../support/data-config.ts";
import { anna, filledDirectory, zoe } from "../support/filled-directory.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** A closed directory of a chain with some blocks. */
function closedDirectory(rounds: number): ReturnType<typeof filledDirectory> {
  const filled = filledDirectory(rounds);
  filled.data.close();
  return filled;
}

describe("pos-hub verify", () => {
  it("says that all holds, while a hub has the data and after", async () => {
    const { directory, data } = filledDirectory(3);
    const all = { code: 0, stdout: ["All holds: 3 blocks, 2 accounts."], stderr: [] };
    expect(await posHub("verify", "--data", directory)).toEqual(all);
    data.close();
    expect(await posHub("verify", "--data", directory)).toEqual(all);
    const json = await posHub("verify", "--json", "--data", directory);
    expect(JSON.parse(json.stdout[0] ?? "")).toEqual({ ok: true, full: 3, replica: 0, accounts: 2 });
  });

  it("names the first block that breaks a rule, and the rule, exit 1", async () => {
    const { directory } = closedDirectory(2);
    const database = new DatabaseSync(join(directory, "chain.db"));
    database.exec("UPDATE blocks SET json = json_replace(json, '$.bpm', 99) WHERE block_index = 2");
    database.close();
    const line = /^pos-hub: block 2 breaks the rule hash: expected [0-9a-f]{64}, got [0-9a-f]{64}$/;
    const stderr = [expect.stringMatching(line)];
    expect(await posHub("verify", "--data", directory)).toEqual({ code: 1, stdout: [], stderr });
    const json = await posHub("verify", "--json", "--data", directory);
    expect(json).toMatchObject({ code: 1, stderr });
    expect(JSON.parse(json.stdout[0] ?? "")).toMatchObject({ ok: false, kind: "block", index: 2, rule: "hash" });
  });
});

describe("pos-hub export", () => {
  it("writes genesis, then a block a line as it is stored; and no block twice while a hub has the data", async () => {
    const { directory, blocks, data } = filledDirectory(3);
    const { code, stdout, stderr } = await posHub("export", "--data", directory);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    const [first = "", ...rest] = stdout;
    expect(JSON.parse(first)).toEqual({ genesis: data.network.genesis });
    expect(rest).toEqual(blocks.map(canonicalize));
    data.close();
  });

  it("adds the proposals that are kept", async () => {
    const { directory, blocks, data } = filledDirectory(2);
    data.store.pruneProposals(2);
    data.close();
    const { stdout } = await posHub("export", "--proposals", "--data", directory);
    const lines = stdout.map((line) => JSON.parse(line));
    expect(lines[1]).toEqual(blocks[0]);
    const { proposals, ...block } = lines[2];
    expect(block).toEqual(blocks[1]);
    expect(proposals.map(({ publicKey }: { publicKey: string }) => publicKey)).toEqual(
      [anna.publicKey, zoe.publicKey].sort(),
    );
  });

  it("makes a table for a spreadsheet, in which no name is a formula", async () => {
    const { directory, blocks } = closedDirectory(3);
    const { stdout } = await posHub("export", "--csv", "--data", directory);
    const [head, ...rows] = stdout;
    expect(head).toBe("index,round,timestamp,bpm,validator,name,stake,eligibleStake,proposals,transactions,hash");
    expect(rows).toEqual(
      blocks.map((block) => {
        const name = block.validator === addressOf(anna.publicKey) ? "'-anna" : "Zoë";
        const { index, round, timestamp, bpm, validator, draw, hash } = block;
        const counts = `${block.proposalCount},${block.transactionCount}`;
        return `${index},${round},${timestamp},${bpm},${validator},${name},${draw.stake},400,${counts},${hash}`;
      }),
    );
  });

  it("leaves the cells of a block without a winner empty", async () => {
    const { directory, chain, data } = filledDirectory(1);
    // A second, different proposal: the only proposer of the round loses its stake, and nobody is left to win.
    chain.equivocate(anna, 73);
    chain.close();
    data.close();
    const { stdout } = await posHub("export", "--csv", "--data", directory);
    expect(stdout[2]).toMatch(/^2,2,[^,]+,,,,0,0,1,1,[0-9a-f]{64}$/);
  });

  it("ends silently when nobody reads on", async () => {
    const { directory } = closedDirectory(1);
    const child = startChild("../../src/cli/main.ts", ["export", "--data", directory]);
    child.process.stdout?.destroy();
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.stderr()).toBe("");
  });
});

describe("pos-hub info", () => {
  it("shows the network to people", async () => {
    const { directory, data } = filledDirectory(2);
    const { code, stdout, stderr } = await posHub("info", "--data", directory);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    const text = stdout.join("\n");
    expect(text).toContain(`Chain id      ${data.network.chainId}`);
    expect(text).toMatch(/^Last block {2}2 \(round 2, 20.*\), won by (-anna|Zoë) with 6[01] BPM$/m);
    expect(text).toMatch(/^Open round {2}3, closes at 20.*, 1 proposal so far$/m);
    expect(text).toMatch(/^Hub {9}is running$/m);
    expect(text).toMatch(/^Zoë +300 +0 +\d+ +\d+ {2}[0-9a-f]{64}\n-anna +100 +0 /m);
    data.close();
    expect((await posHub("info", "--data", directory)).stdout).toContainEqual(
      expect.stringMatching(/^Hub +is not running$/),
    );
  });

  it("gives all of it as JSON", async () => {
    const { directory, data, blocks, chain } = filledDirectory(2);
    data.close();
    const { stdout } = await posHub("info", "--json", "--data", directory);
    const { ledger } = chain.state.chain;
    expect(JSON.parse(stdout.join("\n"))).toMatchObject({
      directory,
      isRunning: false,
      chainId: data.network.chainId,
      genesis: data.network.genesis,
      tip: { index: 2, round: 2, hash: blocks[1]?.hash, bpm: blocks[1]?.bpm },
      round: { round: 3, proposals: 1 },
      waiting: 0,
      tokens: { minted: ledger.minted, burned: 0 },
      accounts: [
        { name: "Zoë", publicKey: zoe.publicKey, bonded: 300 },
        { name: "-anna", publicKey: anna.publicKey, bonded: 100 },
      ],
    });
  });

  it("shows a network without blocks and accounts", async () => {
    const directory = temporaryDirectory();
    opened(dataConfig(directory)).close();
    const { stdout } = await posHub("info", "--data", directory);
    expect(stdout).toContain("Last block  none yet");
    expect(stdout).toContain("No accounts yet.");
  });
});

describe("pos-hub backup", () => {
  it("copies the data while a hub has it; a hub can run on the copy", async () => {
    const { directory, data, chain } = filledDirectory(2);
    const target = join(temporaryDirectory(), "copy");
    const { code, stdout, stderr } = await posHub("backup", target, "--data", directory);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    expect(stdout).toEqual([`Copied 2 blocks to ${target}, with the hub's key: keep it as safe as the original.`]);
    const before = data.store.load();
    chain.run(1, [zoe]);
    data.close();
    expect(readdirSync(target).sort()).toEqual(["backup.json", "chain.db", "genesis.json", "hub-key"]);
    const copy = opened(dataConfig(target));
    expect(copy.hubKey.publicKey).toBe(data.hubKey.publicKey);
    expect(copy.store.load()).toEqual(before);
    copy.close();
  });

  it("does not write over anything, nor without the key", async () => {
    const { directory } = closedDirectory(1);
    const target = temporaryDirectory();
    writeFileSync(join(target, "mine"), "");
    expect(await posHub("backup", target, "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [`pos-hub: cannot back up to ${target}: it is not empty`],
    });
    rmSync(join(directory, "hub-key"));
    const other = join(target, "other");
    expect(await posHub("backup", other, "--data", directory)).toMatchObject({
      code: 1,
      stderr: [expect.stringContaining("hub-key, this hub's key, is missing")],
    });
    expect(existsSync(other)).toBe(false);
  });
});

describe("every command", () => {
  it.each([["verify"], ["export"], ["info"], ["backup", "copy"]])(
    "%s says where there is no network, exit 1",
    async (...words) => {
      const directory = join(temporaryDirectory(), "none");
      expect(await posHub(...words, "--data", directory)).toEqual({
        code: 1,
        stdout: [],
        stderr: [
          `pos-hub: there is no network in ${directory}; start one with pos-hub, or name its place with --data DIR`,
        ],
      });
      expect(existsSync(directory)).toBe(false);
    },
  );
});
