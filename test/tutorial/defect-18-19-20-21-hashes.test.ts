// What the tutorial's program gets wrong, items 18 to 21: the hash leaves the validator out, hashes a number as one
// character (-40, 999999999 and many others alike), puts fields side by side without a boundary, and is that of an empty
// block for genesis.
import { createHash } from "node:crypto";
import { type Block, headerOf } from "pos-shared/model/block.ts";
import { describe, expect, it } from "vitest";
import { type ExportedChain, exportChain, verifyExport } from "../support/exported-chain.ts";
import { startHub } from "../support/hub.ts";

describe("a block's hash", () => {
  it("covers every field: any changed one fails, and by name", async () => {
    const chain = await exportChain();
    const { code, stderr } = await verifyExport(chain);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });

    const at = chain.blocks.findIndex(({ validator }) => validator !== null);
    const block = chain.blocks[at];
    if (block?.proposal === null || block === undefined) throw new Error("a block has a winner");
    const { proposal, draw } = block;
    const other = "ab".repeat(32);
    const later = new Date(Date.parse(block.timestamp) + 1).toISOString();
    const changes: Record<string, Partial<Block>> = {
      // Item 18: somebody else's name on the block.
      validator: { validator: other },
      // Item 19: in the original 72 became anything by way of the replacement character.
      bpm: { bpm: 999_999_999 },
      timestamp: { timestamp: later },
      round: { round: block.round + 1 },
      proposal: { proposal: { ...proposal, bpm: proposal.bpm + 1 } },
      signature: { proposal: { ...proposal, signature: "ab".repeat(64) } },
      proposalCount: { proposalCount: block.proposalCount + 1 },
      proposalsRoot: { proposalsRoot: other },
      transactionsRoot: { transactionsRoot: other },
      transactionCount: { transactionCount: block.transactionCount + 1 },
      ledgerRoot: { ledgerRoot: other },
      seed: { draw: { ...draw, seed: other } },
      stake: { draw: { ...draw, stake: draw.stake + 1 } },
      eligibleStake: { draw: { ...draw, eligibleStake: draw.eligibleStake + 1 } },
    };
    for (const [field, change] of Object.entries(changes)) {
      const finding = await verifyExport(changed(chain, at, change));
      expect({ field, code: finding.code }).toEqual({ field, code: 1 });
      expect(finding.stderr).toMatch(new RegExp(`^pos-client: .*block ${block.index}\\b.*\\bhash\\b.*\n$`));
    }
    // Place and link have rules of their own, before the hash.
    for (const change of [{ index: 55_296 }, { prevHash: other }]) {
      const finding = await verifyExport(changed(chain, at, change));
      expect(finding.code).toBe(1);
      expect(finding.stderr).toContain(Object.keys(change)[0] ?? "");
    }
  }, 120_000);

  it("is that of a published formula, which tells apart what the original's could not", async () => {
    const { chainId, blocks } = await exportChain();
    for (const block of blocks) expect(hashByHand(chainId, headerOf(block))).toBe(block.hash);

    const [block] = blocks;
    if (block === undefined) throw new Error("there are blocks");
    const header = headerOf(block);
    // Item 19: all of these were one character, U+FFFD.
    const numbers = [-1, -40, 55_296, 57_343, 65_533, 1_114_112, 999_999_999];
    for (const field of ["bpm", "index"]) {
      expect(new Set(numbers.map((number) => hashByHand(chainId, { ...header, [field]: number }))).size).toBe(7);
    }
    // Item 20: these two were one text.
    expect(hashByHand(chainId, { timestamp: "m=+1.0", bpm: 53, prevHash: "abc" })).not.toBe(
      hashByHand(chainId, { timestamp: "m=+1.05", bpm: 97, prevHash: "bc" }),
    );
  });
});

describe("genesis", () => {
  it("is covered by its hash, on which block 1 stands", async () => {
    const chain = await exportChain();
    for (const change of [
      { createdAt: "2020-01-01T00:00:00.000Z" },
      { bpmMax: 10_000 },
      { blockReward: 1_000 },
      { network: "other" },
    ]) {
      const finding = await verifyExport({ ...chain, genesis: { ...chain.genesis, ...change } });
      expect(finding.code).toBe(1);
      expect(finding.stderr).toMatch(/^pos-client: block 1 breaks the rule prevHash: .+\n$/);
      // Whoever pins the chain sees at once that it is another one.
      const pinned = await verifyExport({ ...chain, genesis: { ...chain.genesis, ...change } }, [
        "--chain",
        chain.chainId,
      ]);
      expect(pinned.code).toBe(1);
      expect(pinned.stderr).toContain(`--chain asks for ${chain.chainId}`);
    }
  }, 120_000);

  it("is another one on each server, even with the same settings", async () => {
    const [first, second] = await Promise.all([startHub(), startHub()]);
    expect(first.chainId).not.toBe(second.chainId);
    expect(JSON.stringify(sorted(await first.get("/api/genesis")))).not.toBe(
      JSON.stringify(sorted(await second.get("/api/genesis"))),
    );
  });
});

function changed(chain: ExportedChain, at: number, change: Partial<Block>): ExportedChain {
  return { ...chain, blocks: chain.blocks.map((block, i) => (i === at ? { ...block, ...change } : block)) };
}

/** SPEC §1 and §6 with nothing of this project: what `sha256sum` says of the tag, a zero byte, the chain id and the JSON. */
function hashByHand(chainId: string, header: object): string {
  const text = `pos/block/v1\0${chainId}${JSON.stringify(sorted(header))}`;
  return createHash("sha256").update(text).digest("hex");
}

/** Keys in the order of RFC 8785; a header's texts and numbers are written by `JSON.stringify` as it wants them. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
