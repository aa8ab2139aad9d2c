import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { ok, type Result } from "pos-shared/model/result.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPageCheckers, type PageCheckers } from "../../src/replica/checking/page-checkers.ts";
import { makeEvidence } from "../../src/replica/evidence/make-evidence.ts";
import { Replica } from "../../src/replica/replica.ts";
import type { Alarm, Progress } from "../../src/replica/replica-events.ts";
import type { ServedBlock } from "../../src/replica/served-block.ts";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { verifyChain } from "../../src/replica/verify-chain.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { hubWithBlocks, sortedProposals, sourceOf } from "../support/chain-of-simulation.ts";
import { cheat } from "../support/cheating-hub.ts";

const BLOCKS = 22;
const hub = hubWithBlocks(BLOCKS);
const honest: readonly ServedBlock[] = hub.rounds.map(({ block }) => ({
  block,
  proposals: sortedProposals(hub, block.index),
}));

const pools: PageCheckers[] = [];
beforeAll(() => void pools.push(...[1, 2, 3].map((size) => openPageCheckers(hub.network, size))));
afterAll(() => {
  for (const pool of pools) pool.close();
});

async function* serve(blocks: readonly ServedBlock[], end?: string): AsyncGenerator<Result<ServedBlock, string>> {
  for (const block of blocks) yield ok(block);
  if (end !== undefined) yield { ok: false, error: end };
}

test("a program that only waits for a thread is not over before the answer, and is over then", {
  timeout: 60_000,
}, async () => {
  const program = join(import.meta.dirname, "..", "support", "thread-child.ts");
  const ended = await promisify(execFile)(process.execPath, [program], { timeout: 50_000 });
  expect(ended).toEqual({ stdout: "the page is right\n", stderr: "" });
});

/** All that a user is told of a chain: what was verified, or what failed first and the evidence of it. */
async function verdictOn(blocks: readonly ServedBlock[], checkers: PageCheckers | undefined, end?: string) {
  const chain = new VerifiedChain(hub.network);
  const verified = await verifyChain({
    chain,
    blocks: serve(blocks, end),
    seeds: sourceOf(hub),
    runtime: systemRuntime,
    onProgress: () => {},
    pageBlocks: 4,
    ...(checkers !== undefined && { checkers }),
  });
  const { tip } = chain.verified;
  if (verified.ok) return { report: verified.value, tip };
  const { error } = verified;
  return error.kind === "unreadable"
    ? error
    : { evidence: makeEvidence(error.evidence, hub.network.genesis.createdAt) };
}

/** One way to damage a block, with its hash and seal as they were or made anew. */
type Damage = (block: Block, proposals: readonly Proposal[]) => readonly ServedBlock[];
const other = "7".repeat(64);
const changes: readonly Partial<Block>[] = [
  { bpm: 61 },
  { round: 1_000 },
  { timestamp: "2020-01-01T00:00:00.000Z" },
  { prevHash: other },
  { ledgerRoot: other },
  { proposalsRoot: other },
  { transactionsRoot: other },
  { proposalCount: 2 },
  { transactionCount: 1 },
  { validator: other },
  { index: 5 },
];
const damages: readonly Damage[] = [
  ...changes.flatMap((change): Damage[] => [
    (block, proposals) => [{ block: { ...block, ...change }, proposals }],
    (block, proposals) => [{ block: cheat(hub, block, change), proposals }],
  ]),
  (block, proposals) => [{ block: { ...block, hubSignature: "00".repeat(64) }, proposals }],
  (block, proposals) => [{ block: cheat(hub, block, { draw: { ...block.draw, eligibleStake: 1 } }), proposals }],
  (block, proposals) => [{ block: cheat(hub, block, { draw: { ...block.draw, seed: other } }), proposals }],
  (block, proposals) => [{ block: cheat(hub, block, { proposal: proposals[0] ?? null }), proposals }],
  (block, [, ...fewer]) => [{ block, proposals: fewer }],
  (block, [first, ...rest]) => [{ block, proposals: [{ ...first, bpm: 99 }, ...rest] }],
  (block) => [{ block, proposals: undefined }],
  () => [],
  (block, proposals) => [block, block].map((same) => ({ block: same, proposals })),
  (_, proposals) => [{ block: null, proposals }],
  (_, proposals) => [{ block: { "\ud800": 1 }, proposals }],
];

function damaged(blows: readonly { readonly index: number; readonly damage: Damage }[]): readonly ServedBlock[] {
  return honest.flatMap((served, i) => {
    const blow = blows.find(({ index }) => index === i + 1);
    return blow?.damage(served.block as Block, (served.proposals ?? []) as Proposal[]) ?? [served];
  });
}

describe("a chain verified in threads (SPEC §7)", () => {
  test("has the same verdict with none of them, one, two and three, wherever and however it is damaged", async () => {
    const blow = fc.record({ index: fc.integer({ min: 1, max: BLOCKS }), damage: fc.constantFrom(...damages) });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(blow, { maxLength: 3, selector: ({ index }) => index }), async (blows) => {
        const blocks = damaged(blows);
        const expected = await verdictOn(blocks, undefined);
        for (const pool of pools) expect(await verdictOn(blocks, pool)).toEqual(expected);
      }),
      {
        numRuns: 60,
        examples: [
          [[]],
          ...damages.map(
            (damage) => [[{ index: 11, damage }]] as [typeof blow extends fc.Arbitrary<infer T> ? T[] : never],
          ),
        ],
      },
    );
  }, 180_000);

  test("that cannot be read to its end says so, unless a block before is wrong", async () => {
    const wrong = damaged([
      { index: 13, damage: (block) => [{ block: cheat(hub, block, { bpm: 61 }), proposals: [] }] },
    ]);
    for (const blocks of [honest.slice(0, 14), wrong.slice(0, 14), []]) {
      const expected = await verdictOn(blocks, undefined, "cut off");
      for (const pool of pools) expect(await verdictOn(blocks, pool, "cut off")).toEqual(expected);
    }
  }, 60_000);

  test("is verified all the same where the threads have ended", async () => {
    const pool = openPageCheckers(hub.network, 2);
    pool.close();
    expect(await verdictOn(honest, pool)).toEqual(await verdictOn(honest, undefined));
  }, 60_000);
});

describe("a replica with a long way to go", () => {
  const long = hubWithBlocks(520);

  async function followed(tamper: (block: Block) => Block) {
    const chain = new VerifiedChain(long.network);
    const alarms: Alarm[] = [];
    const opened: number[] = [];
    const { promise: settled, resolve } = Promise.withResolvers<void>();
    const listener = {
      block: () => {},
      needsEveryBlock: () => false,
      opening: () => {},
      unusable: () => {},
      alarm: (alarm: Alarm) => {
        alarms.push(alarm);
        resolve();
      },
      progress: ({ verified, total }: Progress) => {
        if (verified === total) resolve();
      },
    };
    const replica = new Replica(chain, systemRuntime, listener, (network) => {
      opened.push(2);
      return openPageCheckers(network, 2);
    });
    const blocks = long.rounds.map(({ block }) => tamper(block));
    const source = sourceOf(long, { blocks: async (from, limit) => ok(blocks.slice(from - 1, from - 1 + limit)) });
    const { index, hash } = long.state.chain.tip;
    await replica.follow(source, { index, hash });
    await settled;
    return { chain, alarms, opened };
  }

  test("verifies it in threads, to the last block", async () => {
    const { chain, alarms, opened } = await followed((block) => block);
    expect(alarms).toEqual([]);
    expect(opened).toHaveLength(1);
    expect(chain.isCaughtUp).toBe(true);
    expect(chain.columns.factsAt(1).verified).toBe("replica");
    expect(chain.columns.factsAt(520).verified).toBe("replica");
    expect(chain.head).toEqual(chain.verified);
  }, 120_000);

  test("finds what is wrong in the middle of it, and names the block", async () => {
    const { chain, alarms } = await followed((block) =>
      block.index === 300 ? { ...block, hubSignature: "00".repeat(64) } : block,
    );
    expect(alarms.map(({ finding }) => [finding.rule, finding.index])).toEqual([["hubSignature", 300]]);
    expect(chain.verified.tip.index).toBe(299);
  }, 120_000);
});
