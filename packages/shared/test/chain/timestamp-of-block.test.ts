import { describe, expect, test } from "vitest";
import { verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { fromHex } from "../../src/encoding/hex.ts";
import { millisecondsOf, timestampOf } from "../../src/model/timestamp.ts";
import { sealAnew } from "../support/reseal.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, stateBefore, verifyChain, type WorkedChain } from "../support/worked-chain.ts";

describeWithVectors<WorkedChain>("worked-chain.json", (worked) => {
  const blocks = sealedBlocks(worked);
  const chain = verifyChain(worked.genesis, blocks, "replica");
  const { network } = chain;
  const hubKey = secretKeyFromSeed(fromHex(worked.keys[0]?.seed ?? ""));

  /** The rule that a block fails at if it is sealed so many milliseconds after the one before; undefined if none. */
  function ruleAt(index: number, offMs: number): string | undefined {
    const { state, seedAfter } = stateBefore(chain, index);
    const given = blocks[index - 1];
    if (given === undefined) throw new Error(`no block ${index}`);
    const timestamp = timestampOf(millisecondsOf(state.tip.timestamp) + offMs);
    const block = sealAnew(network.chainId, hubKey, { ...given.block, timestamp });
    const verified = verifyBlock({ network, state, block, depth: "replica", seedAfter });
    return verified.ok ? undefined : verified.error.rule;
  }

  describe("a block's timestamp is never before the one before it (SPEC §6, timestamp)", () => {
    test.each([
      ["block 1 after genesis' createdAt", 1],
      ["a later block", 3],
    ])("%s: a millisecond earlier fails, the same moment and any later one pass", (_, index) => {
      expect(ruleAt(index, -1)).toBe("timestamp");
      expect(ruleAt(index, 0)).toBeUndefined();
      expect(ruleAt(index, 1)).toBeUndefined();
    });
  });
});
