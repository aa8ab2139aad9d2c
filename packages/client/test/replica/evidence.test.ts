import type { Block } from "pos-shared/model/block.ts";
import { ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import { checkEvidence } from "../../src/replica/evidence/check-evidence.ts";
import { digestOf, type EvidenceFile } from "../../src/replica/evidence/evidence-file.ts";
import { hubWithBlocks, sortedProposals } from "../support/chain-of-simulation.ts";
import { beforeNextBlock, cheat, confirmed } from "../support/cheating-hub.ts";
import { EVIDENCE_OF } from "../support/evidence-of-each-code.ts";

describe("evidence that somebody tampered with (SPEC §7)", () => {
  async function evidence(): Promise<EvidenceFile> {
    const hub = hubWithBlocks(2);
    const { watcher, block } = await beforeNextBlock(hub);
    await watcher.replica.takeBlock(cheat(hub, block, { bpm: 99 }), sortedProposals(hub, 3));
    return confirmed(watcher).evidence;
  }

  it("is refused where one of two blocks is only named, and not by a hash", async () => {
    const blocks = await EVIDENCE_OF.blocks();
    const suspected = { ...blocks, otherBlock: null, proven: false };
    const withDigest = ({ digest: _, ...content }: EvidenceFile) => ({ ...content, digest: digestOf(content) });
    expect(checkEvidence(withDigest(suspected))).toMatchObject({ ok: true, value: { isProven: false } });
    for (const expected of ["a better one", blocks.actual]) {
      const verdict = checkEvidence(withDigest({ ...suspected, expected }));
      expect(verdict).toEqual({ ok: false, error: "it names no other block" });
    }
  });

  it.each<[string, (file: EvidenceFile) => unknown, RegExp]>([
    ["another rule", (file) => ({ ...file, code: "draw" }), /shows bpm/],
    ["another value", (file) => ({ ...file, actual: 98 }), /got 98.*got 99/],
    ["another chain", (file) => ({ ...file, chainId: "0".repeat(64) }), /chain id/],
    [
      "a block that the hub never sealed, called proven",
      (file) => ({ ...file, block: { ...(file.block as Block), hubSignature: "0".repeat(128) } }),
      /hubSignature/,
    ],
    [
      "richer accounts before the block",
      (file) => ({
        ...file,
        accounts: file.accounts?.map((account) => ({ ...account, liquid: 5 })),
      }),
      /accounts are not those/,
    ],
    [
      "a block that breaks nothing",
      (file) => ({ ...file, block: { ...file.before, transactions: [] }, before: null, accounts: null }),
      /index|shows|breaks no rule/,
    ],
    ["one key more", (file) => ({ ...file, note: "" }), /note should be no such key/],
    ["no JSON object", () => [], /should be an object/],
  ])("is refused with its reason: %s", async (_, tamper, reason) => {
    const verdict = checkEvidence(tamper(await evidence()));
    expect(verdict).toMatchObject({ ok: false, error: expect.stringMatching(reason) });
  });
});

describe("evidence about what has no canonical form (SPEC §1, §7)", () => {
  const deep = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

  it.each<[string, unknown]>([
    ["half a character", { "\ud800": 1 }],
    ["an endless number", { bpm: Number.POSITIVE_INFINITY }],
    ["200,000 nested lists", deep(200_000)],
  ])("is made and can be checked: proposals with %s", async (_, proposal) => {
    const hub = hubWithBlocks(2);
    const { watcher, block } = await beforeNextBlock(hub, undefined, { proposals: async () => ok([proposal]) });
    await watcher.replica.takeBlock(block, []);
    const { finding, isProven } = confirmed(watcher);
    expect({ rule: finding.rule, isProven }).toEqual({ rule: "proposals", isProven: false });
  });

  it("is made and can be checked: a block as deep as one may be", async () => {
    const hub = hubWithBlocks(2);
    const { watcher, block } = await beforeNextBlock(hub);
    // The block is level 1, and its list of transactions level 2.
    const transactions = [deep(14)] as unknown as Block["transactions"];
    await watcher.replica.takeBlock(cheat(hub, block, { transactions, transactionCount: 1 }), []);
    expect(confirmed(watcher).finding.rule).toBe("transactionsRoot");
  });
});
