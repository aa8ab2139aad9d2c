// docs/evidence.md, "Checking a file" and "A file that was tampered with": the command, on files from real alarms.
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { exportChain } from "../support/exported-chain.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

interface Caught {
  readonly evidence: { readonly [key: string]: unknown; readonly chainId: string; readonly index: number };
  /** As `pos-hub export` writes it. */
  readonly chain: string;
}

/** A hub that pays rewards to the wrong account, and what its client and its operator have of it afterwards. */
async function catchHub(args: readonly string[] = []): Promise<Caught> {
  const home = temporaryHome();
  const hub = await startHub({ home, args: ["--evil", "ledger", "--evil-seed", "1", ...args] });
  startClient(hub.url, { args: ["--bots", "2", "--stake", "50"] });
  const { events } = startClient(hub.url, { args: ["--spectate"] });
  const { evidence } = await events.waitFor("alarm");
  await hub.stop();
  const { stdout } = await run("pos-hub", ["export"], { home });
  return { evidence: JSON.parse(readFileSync(evidence, "utf8")), chain: stdout };
}

function fileOf(text: string, name = "evidence.json"): string {
  const file = join(temporaryHome(), name);
  writeFileSync(file, text);
  return file;
}

async function verify(text: string, ...args: readonly string[]) {
  const file = fileOf(text);
  const { code, stdout, stderr } = await run("pos-client", ["verify", file, ...args]);
  return { code, stdout, stderr: stderr.replace(file, "FILE") };
}

/** 2^53 − 1 less what a single join may take where the faucet is unlimited. */
const NEARLY_ALL = 9_007_198_254_740_991;

describe("evidence that cannot be judged without the chain", () => {
  // So near the limit of all tokens the balances do not tell what was ever minted (SPEC §3).
  const rich = { publicKey: "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394", name: "rich" };

  test("says up to where it needs it, and is confirmed with a chain that somebody exported", async () => {
    const accounts = [{ ...rich, liquid: NEARLY_ALL, bonded: 0 }];
    const caught = await catchHub([
      "--genesis",
      fileOf(JSON.stringify({ faucet: "unlimited", accounts }), "genesis.json"),
    ]);
    const { index, chainId } = caught.evidence;
    const text = JSON.stringify(caught.evidence);
    expect(caught.evidence.needsChain).toBe(index - 1);

    const alone = await verify(text);
    expect(alone).toMatchObject({ code: 1, stdout: "" });
    expect(alone.stderr).toContain(`Not judged: whether block ${index} of ${chainId} breaks the rule ledgerRoot`);
    expect(alone.stderr).toContain(`the chain up to block ${index - 1}. Add --chain-file`);
    const asJson = await verify(text, "--json");
    expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: false, evidence: { needsChain: index - 1 } });

    const withChain = await verify(text, "--chain-file", fileOf(caught.chain, "chain.jsonl"));
    expect(withChain).toMatchObject({ code: 0, stderr: "" });
    expect(withChain.stdout).toContain("Confirmed: by its own signatures the hub is dishonest.\n");

    const lines = caught.chain.trimEnd().split("\n");
    const short = await verify(text, "--chain-file", fileOf(lines.slice(0, index - 1).join("\n"), "chain.jsonl"));
    expect(short).toMatchObject({ code: 1, stderr: expect.stringContaining(`before block ${index - 1}`) });
    const broken = lines.map((line, i) => (i === 1 ? line.replace('"index":1', '"index":2') : line)).join("\n");
    const wrong = await verify(text, "--chain-file", fileOf(broken, "chain.jsonl"));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining("breaks the rule index") });
    const foreign = await exportChain();
    const foreignFile = fileOf(JSON.stringify({ genesis: foreign.genesis }), "chain.jsonl");
    const other = await verify(text, "--chain-file", foreignFile);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining(`is the chain ${foreign.chainId}, not`) });
    const none = await verify(text, "--chain-file", fileOf("{}", "chain.jsonl"));
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("is no exported chain") });
    const missing = await verify(text, "--chain-file", "no-such-file.jsonl");
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("no-such-file.jsonl") });
  });
});

describe("evidence that stands alone", () => {
  let once: Promise<Caught> | undefined;
  /** The same for all of them. */
  const catchOnce = async (): Promise<Caught["evidence"]> => {
    once ??= catchHub();
    return (await once).evidence;
  };

  test("is confirmed as it is, also where it is pinned to its network", async () => {
    const evidence = await catchOnce();
    const { chainId } = evidence;
    const text = JSON.stringify(evidence);
    expect(await verify(text, "--chain", chainId)).toMatchObject({ code: 0, stderr: "" });
    const pinned = await verify(text, "--chain", "0".repeat(64));
    expect(pinned).toMatchObject({ code: 1, stdout: "" });
    expect(pinned.stderr).toContain(`it is about the chain ${chainId}, and --chain asks for ${"0".repeat(64)}`);
  });

  test.each<[string, (evidence: Caught["evidence"]) => unknown, RegExp]>([
    ["a field added", (file) => ({ ...file, note: "" }), /note should be no such key/],
    ["a field left out", ({ createdAt: _, ...file }) => file, /createdAt should be/],
    ["a byte changed by accident", (file) => ({ ...file, createdAt: "2026-01-01T00:00:00.000Z" }), /its digest is not/],
    ["another code", (file) => ({ ...file, code: "bpm" }), /says bpm at block \d+, but what it holds shows ledgerRoot/],
    ["a code that is none", (file) => ({ ...file, code: "theft" }), /there is no evidence of the code theft/],
    ["another block", (file) => ({ ...file, index: 9_999 }), /says ledgerRoot at block 9999, but/],
    ["another value", (file) => ({ ...file, actual: "0".repeat(64) }), /but what it holds shows expected/],
    ["called a suspicion", (file) => ({ ...file, proven: false }), /is a suspicion, but what it holds proves it/],
    ["said to need the chain", (file) => ({ ...file, needsChain: 1 }), /needs the chain, but stands alone/],
    ["another chain id", (file) => ({ ...file, chainId: "0".repeat(64) }), /its genesis is not that of its chain id/],
    ["another genesis", (file) => ({ ...file, genesis: {} }), /its genesis is wrong/],
    ["no accounts", (file) => ({ ...file, accounts: null }), /it needs the chain up to block \d+, and does not say so/],
    [
      "a part too many",
      (file) => ({ ...file, proposals: [] }),
      /it holds proposals, which says nothing about ledgerRoot/,
    ],
    ["no object", () => [], /should be an object/],
  ])("is refused with its reason: %s", async (_, tamper, reason) => {
    const { code, stdout, stderr } = await verify(JSON.stringify(tamper(await catchOnce())));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^pos-client: FILE proves nothing: /);
    expect(stderr).toMatch(reason);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  test("of another network cannot be passed off as this one's", async () => {
    const other = await exportChain();
    const replayed = { ...(await catchOnce()), chainId: other.chainId, genesis: other.genesis };
    const { code, stderr } = await verify(JSON.stringify(replayed));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("the hub did not seal") });
  });
});

describe("what is no evidence at all is one clean line and exit 1", () => {
  test.each<[string, string, RegExp]>([
    ["no JSON", "{", /neither an exported chain nor evidence: it is no JSON/],
    ["an empty file", "", /neither an exported chain nor evidence: it is no JSON/],
    ["nested without an end", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, /should be an object|nested too deep/],
    ["a number", "1e999", /should be an object/],
    ["null", "null", /should be an object/],
  ])("%s", async (_, text, reason) => {
    const { code, stdout, stderr } = await verify(text);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(reason);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  test("a huge file is not read to its end", async () => {
    const file = fileOf("[");
    truncateSync(file, 2 ** 33);
    const { code, stderr } = await run("pos-client", ["verify", file]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("8192 MiB, and evidence at most") });
  });

  test("control characters in it never reach the terminal", async () => {
    const { stderr } = await verify(JSON.stringify({ "\u001b[2J\u009b31m": 1 }));
    expect(stderr).toContain("[2J31m should be no such key");
    const { chainId } = await exportChain();
    const tips = { kind: "pos-tips", version: 1, chainId, genesis: "\u001b[2J", tips: [] };
    const compared = await run("pos-client", ["compare", fileOf(JSON.stringify(tips))]);
    expect(compared.code).toBe(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(stderr + compared.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
