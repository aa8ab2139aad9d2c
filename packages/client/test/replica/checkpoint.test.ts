import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import { checkpointPath, peekCheckpoint, readCheckpoint, writeCheckpoint } from "../../src/replica/checkpoint-file.ts";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { hubWithBlocks, sealNext, sourceOf, Watcher } from "../support/chain-of-simulation.ts";
import { temporaryHome } from "../support/temporary-home.ts";

async function checkpointed(blocks = 3) {
  const hub = hubWithBlocks(blocks);
  const watcher = Watcher.of(hub);
  await watcher.follow(hub);
  const { checkpoint } = watcher.chain;
  if (checkpoint === undefined) throw new Error("nothing is verified");
  const { chainId } = hub.network;
  const path = checkpointPath(temporaryHome(), chainId);
  await writeCheckpoint(path, checkpoint, watcher.runtime);
  return { hub, watcher, path, chainId };
}

describe("the checkpoint of a chain (DESIGN §9)", () => {
  it("brings everything back, so that nothing is verified twice", async () => {
    const { hub, watcher, path, chainId } = await checkpointed();
    const read = readCheckpoint(path, chainId);
    if (!read.ok || read.value === undefined) throw new Error("it is not used");
    expect(read.value.state).toEqual(watcher.chain.head);
    expect(read.value.columns.factsAt(3)).toEqual(watcher.chain.columns.factsAt(3));
    expect(read.value.luck.toJSON()).toEqual(watcher.chain.luck.toJSON());
    sealNext(hub);
    const again = new Watcher(new VerifiedChain(read.value.network, read.value));
    const source = sourceOf(hub);
    expect(await again.follow(hub, source)).toEqual(ok(undefined));
    expect(again.told).toEqual(["full 4"]);
    expect(source.asked).toEqual(["blocks 4", "proposals 4"]);
  });

  it("is not there at first", () => {
    const path = join(temporaryHome(), "none");
    expect(readCheckpoint(path, "c".repeat(64))).toEqual(ok(undefined));
    expect(peekCheckpoint(path)).toBe(0);
  });

  it("tells how far it is without being read whole", async () => {
    const { path } = await checkpointed(2);
    expect(peekCheckpoint(path)).toBe(2);
  });

  it("holds nothing that only the links of were checked", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    for (const { block } of hub.rounds) watcher.chain.extendByLinks(block);
    expect(watcher.chain.head.tip.index).toBe(2);
    expect(watcher.chain.checkpoint).toBeUndefined();
  });

  it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ["cut off", (bytes) => bytes.subarray(0, bytes.length - 1), /cut off/],
    ["changed in one byte", (bytes) => flip(bytes, bytes.length - 5), /changed/],
    ["empty", () => Buffer.alloc(0), /first line/],
    ["something else", () => Buffer.from('{"kind":"pos-evidence"}\n'), /first line/],
  ])("is not used where it is %s", async (_, damage, reason) => {
    const { path, chainId } = await checkpointed(1);
    writeFileSync(path, damage(readFileSync(path)));
    expect(readCheckpoint(path, chainId)).toMatchObject({ ok: false, error: expect.stringMatching(reason) });
    expect(() => peekCheckpoint(path)).not.toThrow();
  });

  it.each<[string, (state: KeptState) => KeptState, RegExp]>([
    [
      "richer accounts",
      (state) => ({ ...state, accounts: state.accounts.map((account) => ({ ...account, liquid: 9 })) }),
      /accounts/,
    ],
    ["more tokens", (state) => ({ ...state, minted: state.minted + 1 }), /add up/],
    ["a block that the hub did not seal", (state) => ({ ...state, block: { ...state.block, bpm: 99 } }), /seal/],
    ["another genesis", (state) => ({ ...state, genesis: { ...state.genesis, faucet: 5 } }), /genesis/],
  ])("proves itself: %s are noticed, though its sum is right", async (_, change, reason) => {
    const { path, chainId } = await checkpointed(1);
    rewriteState(path, change);
    expect(readCheckpoint(path, chainId)).toMatchObject({ ok: false, error: expect.stringMatching(reason) });
  });

  it("of another chain is not used", async () => {
    const { path } = await checkpointed(1);
    expect(readCheckpoint(path, "0".repeat(64))).toMatchObject({ ok: false, error: "it is of another chain" });
  });
});

interface KeptState {
  readonly genesis: object;
  readonly block: object;
  readonly accounts: readonly object[];
  readonly minted: number;
}

/** Changes the state in a checkpoint, and makes its lengths and its sum right again. */
function rewriteState(path: string, change: (state: KeptState) => KeptState): void {
  const bytes = readFileSync(path);
  const end = bytes.indexOf("\n");
  const head: { stateBytes: number } = JSON.parse(bytes.subarray(0, end).toString());
  const body = bytes.subarray(end + 1);
  const state = Buffer.from(JSON.stringify(change(JSON.parse(body.subarray(0, head.stateBytes).toString()))));
  const changed = Buffer.concat([state, body.subarray(head.stateBytes)]);
  const sha256 = createHash("sha256").update(changed).digest("hex");
  const line = `${JSON.stringify({ ...head, stateBytes: state.length, sha256 })}\n`;
  writeFileSync(path, Buffer.concat([Buffer.from(line), changed]));
}

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
