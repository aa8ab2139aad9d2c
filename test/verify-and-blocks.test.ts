// `pos-client verify` and `pos-client blocks`: the chain of a hub, or of a file, checked by who reads it (SPEC §7).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Block } from "pos-shared/model/block.ts";
import { describe, expect, it } from "vitest";
import { type ExportedChain, exportChain, verifyExport } from "./support/exported-chain.ts";
import { type Hub, startHub } from "./support/hub.ts";
import { Program } from "./support/program.ts";
import { run } from "./support/run.ts";
import { temporaryHome } from "./support/temporary-home.ts";
import { sealRound, startValidator } from "./support/validator.ts";

async function hubWithBlocks(blocks: number): Promise<Hub> {
  const hub = await startHub({ round: "400ms" });
  const two = [await startValidator(hub, 100), await startValidator(hub, 200)] as const;
  for (let i = 0; i < blocks; i++) await sealRound(two, (position) => 60 + position);
  return hub;
}

describe("pos-client verify", () => {
  it("verifies a hub's chain from genesis on, and with --full every draw too", async () => {
    const hub = await hubWithBlocks(3);
    const { length } = await hub.blocks();
    const plain = await run("pos-client", ["verify", hub.url]);
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(/^All holds: \d+ blocks/) });
    const full = await run("pos-client", ["verify", "--full", "--json", new URL(hub.url).host]);
    expect(full.code).toBe(0);
    const result = JSON.parse(full.stdout);
    expect(result).toMatchObject({ ok: true, chainId: hub.chainId, replica: 0, accounts: 2 });
    expect(result.full).toBeGreaterThanOrEqual(length);
  });

  it("takes the address that the hub gives for a browser", async () => {
    const hub = await hubWithBlocks(1);
    const verified = await run("pos-client", ["verify", `${hub.http}/`]);
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^All holds/) });
    expect((await run("pos-client", ["blocks", "--hub", hub.http])).code).toBe(0);
    // It was asked: it named its chain.
    const { stderr } = await run("pos-client", ["compare", hub.http]);
    expect(stderr).toBe(`pos-client: nothing was verified here yet of the chain ${hub.chainId}\n`);
  });

  it("refuses another chain than the one that is asked for", async () => {
    const hub = await startHub();
    const { code, stderr } = await run("pos-client", ["verify", hub.url, "--chain", "0".repeat(64)]);
    expect(code).toBe(1);
    expect(stderr).toContain(`it is the chain ${hub.chainId}`);
  });

  it.each([
    ["a file that is not there", "gone.jsonl", "there is no file"],
    ["a hub that is not there, told to try once", "127.0.0.1:1", "cannot be reached"],
  ])("says what is wrong with %s", async (_, source, reason) => {
    const { code, stdout, stderr } = await run("pos-client", ["verify", source, "--once"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(reason);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

describe("pos-client verify, on an exported chain", () => {
  let exported: ExportedChain | undefined;
  /** Made by the first test that asks. */
  async function chainOf(): Promise<ExportedChain> {
    exported ??= await exportChain();
    return exported;
  }

  it("verifies it without any hub", async () => {
    const chain = await chainOf();
    expect(await verifyExport(chain)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^All holds/) });
  });

  it.each<[string, (blocks: readonly Block[]) => readonly unknown[], RegExp]>([
    [
      "a changed BPM",
      (blocks) => blocks.map((block) => ({ ...block, bpm: 99 })),
      /block 1 breaks the rule hash: expected [0-9a-f]{64}, got/,
    ],
    [
      "a block that is missing",
      (blocks) => blocks.filter(({ index }) => index !== 2),
      /block 2 breaks the rule index: expected 2, got 3/,
    ],
    ["a field too many", (blocks) => blocks.map((block) => ({ ...block, note: "" })), /block 1 breaks the rule form/],
  ])("names block, rule, expected and actual of %s", async (_, change, reason) => {
    const chain = await chainOf();
    const blocks = change(chain.blocks) as readonly Block[];
    const { code, stderr } = await verifyExport({ ...chain, blocks });
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    const { stdout } = await verifyExport({ ...chain, blocks }, ["--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, rule: expect.any(String), index: expect.any(Number) });
  });

  it.each([
    ["no JSON at all", "what is this", /neither an exported chain nor evidence/],
    ["some other JSON", '{"hello":1}', /proves nothing/],
    ["a wrong genesis", '{"genesis":{}}', /rule genesis/],
  ])("refuses a file of %s", async (_, content, reason) => {
    const file = join(temporaryHome(), "file.jsonl");
    writeFileSync(file, `${content}\n`);
    const { code, stderr } = await run("pos-client", ["verify", file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/\bat \S+:\d+/);
  });

  it("says where a file was cut off", async () => {
    const chain = await chainOf();
    const file = join(temporaryHome(), "chain.jsonl");
    const text = [{ genesis: chain.genesis }, ...chain.blocks].map((line) => JSON.stringify(line)).join("\n");
    writeFileSync(file, text.slice(0, -10));
    const { code, stderr } = await run("pos-client", ["verify", file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`line ${chain.blocks.length + 1} is no JSON`));
  });
});

describe("pos-client blocks", () => {
  it("prints the verified chain, the tutorial's fields first and in its order", async () => {
    const hub = await hubWithBlocks(2);
    const { code, stdout } = await run("pos-client", ["blocks", "--hub", hub.url, "--json"]);
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const blocks = await hub.blocks();
    for (const [i, line] of lines.slice(1).entries()) {
      expect(Object.keys(line).slice(0, 6)).toEqual(["index", "timestamp", "bpm", "hash", "prevHash", "validator"]);
      const { index, timestamp, bpm, hash, prevHash, validator } = blocks[i] ?? {};
      expect(line).toMatchObject({ index, timestamp, bpm, hash, prevHash, validator });
    }
    expect(lines[0]).toMatchObject({ index: 0, hash: hub.chainId, prevHash: null });
  });

  it("prints a table for people, or some of it", async () => {
    const hub = await hubWithBlocks(2);
    const { stdout } = await run("pos-client", ["blocks", "1-2", "--hub", hub.url]);
    const [heading, first, second, ...rest] = stdout.trimEnd().split("\n");
    expect(heading).toMatch(/^# +time +BPM +winner/);
    expect(first).toMatch(/^1 +20\d\d-/);
    expect(second).toMatch(/^2 +20\d\d-/);
    expect(rest).toEqual([]);
  });

  it("says that there is no such block", async () => {
    const hub = await startHub();
    const { code, stderr } = await run("pos-client", ["blocks", "7", "--hub", hub.url]);
    expect(code).toBe(1);
    expect(stderr).toContain("no block 7");
  });

  it("ends silently when its reader goes away", async () => {
    const hub = await hubWithBlocks(2);
    const client = new Program("pos-client", ["blocks", "--hub", hub.url], { home: temporaryHome() });
    client.child.stdout?.destroy();
    const { stderr } = await client.ended;
    expect(stderr).toBe("");
  });
});
