import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type Depth, verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { fromHex } from "../../src/encoding/hex.ts";
import { scoreOf } from "../../src/lottery/score.ts";
import type { Block } from "../../src/model/block.ts";
import { leavesOf, nodesOf, removeAt, replaceAt } from "../support/json-tree.ts";
import { sealAnew } from "../support/reseal.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, stateBefore, verifyChain, type WorkedChain } from "../support/worked-chain.ts";

vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const RUNS = 1500;

describeWithVectors<WorkedChain>("worked-chain.json", (worked) => {
  const blocks = sealedBlocks(worked);
  const chain = verifyChain(worked.genesis, blocks, "replica");
  const { network } = chain;
  const hubKey = secretKeyFromSeed(fromHex(worked.keys[0]?.seed ?? ""));

  const anyIndex = fc.integer({ min: 1, max: blocks.length });
  const blockAt = (index: number): (typeof blocks)[number] => {
    const found = blocks[index - 1];
    if (found === undefined) throw new Error(`no block ${index}`);
    return found;
  };
  const anyDepth = fc.constantFrom<Depth>("links", "replica", "full");
  /** Junk, or something that stands elsewhere in the chain. */
  const anyValue = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(...blocks.flatMap(({ block }) => leavesOf(block)).map(({ value }) => value)),
    fc.constantFrom<unknown>(...blocks.map(({ block }) => block.proposal), ...(blocks[1]?.block.transactions ?? [])),
  );

  test("whatever a hub puts into a block and seals, the answer is a verdict, not an exception (SPEC §7)", () => {
    fc.assert(
      fc.property(anyIndex, anyDepth, fc.nat(), anyValue, fc.boolean(), (index, depth, at, value, removes) => {
        const { block, proposals } = blockAt(index);
        const places = nodesOf(block).slice(1);
        const { path } = places[at % places.length] ?? { path: [] };
        const changed = removes ? removeAt(block, path) : replaceAt(block, path, value);
        const { state, seedAfter } = stateBefore(chain, block.index);
        const verified = verifyBlock({
          network,
          state,
          block: sealIfPossible(changed),
          depth,
          proposals,
          seedAfter,
        });
        expect(typeof verified.ok).toBe("boolean");
        // What passes, in whatever depth, can be shown: its winner has an account and a stake.
        const { proposal, draw } = changed as Block;
        if (verified.ok && proposal !== null) expect(scoreOf(1n, draw.stake)).toBeTypeOf("bigint");
      }),
      { numRuns: RUNS },
    );
  });

  test("whatever a hub serves as proposals of a round, the answer is a verdict, not an exception (SPEC §7)", () => {
    fc.assert(
      fc.property(anyIndex, fc.nat(), anyValue, fc.boolean(), (index, at, value, removes) => {
        const { block, proposals } = blockAt(index);
        const places = nodesOf(proposals).slice(1);
        const { path } = places[at % Math.max(places.length, 1)] ?? { path: undefined };
        const changed =
          path === undefined ? [value] : removes ? removeAt(proposals, path) : replaceAt(proposals, path, value);
        const { state, seedAfter } = stateBefore(chain, block.index);
        const verified = verifyBlock({
          network,
          state,
          block,
          depth: "full",
          proposals: changed as unknown[],
          seedAfter,
        });
        if (JSON.stringify(changed) !== JSON.stringify(proposals)) expect(verified.ok).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  test("a value that is no block at all is refused by its form, in every depth (SPEC §7)", () => {
    fc.assert(
      fc.property(anyDepth, fc.jsonValue({ maxDepth: 4 }), (depth, block) => {
        const { state, seedAfter } = stateBefore(chain, 1);
        const verified = verifyBlock({ network, state, block, depth, seedAfter });
        expect(verified).toMatchObject({ ok: false, error: { rule: "form", index: 1 } });
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, string, readonly (string | number)[], unknown]>([
    ["a winner that is no proposal", "proposal", ["proposal"], "alice"],
    ["a winner whose claim is missing", "proposal", ["proposal", "claim"], null],
    ["a winner without an account", "proposal", ["proposal", "publicKey"], "f".repeat(64)],
    ["a winner without a stake", "stake", ["draw", "stake"], 0],
  ])(
    "also a quick start refuses %s: nobody could show it or pay its reward (SPEC §7, links)",
    (_, rule, path, value) => {
      const { block } = blockAt(3);
      const { state, seedAfter } = stateBefore(chain, 3);
      const changed = sealAnew(network.chainId, hubKey, replaceAt(block, path, value) as Block);
      const verified = verifyBlock({ network, state, block: changed, depth: "links", seedAfter });
      expect(verified).toMatchObject({ ok: false, error: { rule, index: 3 } });
    },
  );

  function sealIfPossible(value: unknown): unknown {
    try {
      return sealAnew(network.chainId, hubKey, value as Block);
    } catch {
      return value;
    }
  }
});
