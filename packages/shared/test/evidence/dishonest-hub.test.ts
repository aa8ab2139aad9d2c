import { describe, expect, test } from "vitest";
import { networkOf } from "../../src/chain/network.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { fromHex } from "../../src/encoding/hex.ts";
import { isSealedBlock, provesTwoBlocks, provesTwoOpenings } from "../../src/evidence/dishonest-hub.ts";
import type { Opening } from "../../src/model/opening.ts";
import { sealAnew } from "../support/reseal.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, type WorkedChain } from "../support/worked-chain.ts";

describeWithVectors<WorkedChain>("worked-chain.json", (worked) => {
  const { genesis, chainId } = networkOf(worked.genesis);
  const [hubKey, aliceKey] = worked.keys.map(({ seed }) => secretKeyFromSeed(fromHex(seed)));
  const [first, second] = sealedBlocks(worked).map(({ block }) => block);
  if (hubKey === undefined || aliceKey === undefined || first === undefined || second === undefined)
    throw new Error("the worked chain lacks keys or blocks");
  const other = sealAnew(chainId, hubKey, { ...first, bpm: 99 });
  const byAlice = sealAnew(chainId, aliceKey, { ...first, bpm: 99 });

  describe("two sealed blocks of one index prove a dishonest hub (SPEC §7)", () => {
    test("whatever else is wrong with them, in either order", () => {
      expect(provesTwoBlocks(genesis, chainId, first, other)).toBe(true);
      expect(provesTwoBlocks(genesis, chainId, other, first)).toBe(true);
    });

    test.each([
      ["one block twice", first],
      ["a block of another index", second],
      ["one that the hub did not seal", byAlice],
      ["one with the seal of another block", { ...other, hash: second.hash, hubSignature: second.hubSignature }],
      ["one that was changed after it was sealed", { ...other, bpm: 98 }],
      ["one whose hash is another's but not signed", { ...other, hash: "0".repeat(64) }],
    ])("but not %s", (_, block) => {
      expect(provesTwoBlocks(genesis, chainId, first, block)).toBe(false);
      expect(provesTwoBlocks(genesis, chainId, block, first)).toBe(false);
    });

    test("on another chain they prove nothing about this one", () => {
      expect(provesTwoBlocks(genesis, "0".repeat(64), first, other)).toBe(false);
      expect(isSealedBlock(genesis, chainId, first)).toBe(true);
      expect(isSealedBlock(genesis, "0".repeat(64), first)).toBe(false);
    });
  });

  describe("two openings of one round prove a dishonest hub (SPEC §7)", () => {
    const opening = (content: object, key = hubKey): Opening => {
      const unsigned = { round: 3, prevHash: first.hash, closesAt: "2026-01-01T00:00:30.000Z", ...content };
      return { ...unsigned, signature: sign(key, "opening", chainId, unsigned) };
    };

    test.each([
      ["another close", true, opening({ closesAt: "2026-01-01T00:00:30.001Z" })],
      ["another tip", true, opening({ prevHash: second.hash })],
      ["the same opening", false, opening({})],
      ["another round", false, opening({ round: 4 })],
      ["another close, not signed by the hub", false, opening({ closesAt: "2026-01-01T00:00:31.000Z" }, aliceKey)],
      ["another close under the same signature", false, { ...opening({}), closesAt: "2026-01-01T00:00:31.000Z" }],
    ])("with %s: %s", (_, proves, different) => {
      expect(provesTwoOpenings(genesis, chainId, opening({}), different)).toBe(proves);
      expect(provesTwoOpenings(genesis, chainId, different, opening({}))).toBe(proves);
    });
  });
});
