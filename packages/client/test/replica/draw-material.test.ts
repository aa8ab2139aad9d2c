import type { Hex } from "pos-shared/encoding/hex.ts";
import { ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import type { BlockSource } from "../../src/replica/block-source.ts";
import { gatherDrawMaterial } from "../../src/replica/draw-material.ts";
import { hubWithBlocks } from "../support/chain-of-simulation.ts";

const keys = (count: number): Hex[] => Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, "0"));

/** What is asked for of a round of so many proposals, by somebody with these keys. */
async function asked(proposalCount: number, ownKeys: readonly Hex[]) {
  const [round] = hubWithBlocks(1).rounds;
  if (round === undefined) throw new Error("no block");
  const positions: number[] = [];
  const own: Hex[] = [];
  const source: BlockSource = {
    blocks: async () => ok([]),
    proposals: async () => ok([]),
    prove: async (_, places, publicKey) => {
      positions.push(...places);
      if (publicKey !== null) own.push(publicKey);
      return ok([]);
    },
  };
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return (drawn * 0.618) % 1;
  };
  const { depth } = await gatherDrawMaterial({ ...round.block, proposalCount }, source, ownKeys, random);
  return { depth, positions, own };
}

describe("what a client asks for to check a draw (SPEC §7, depths)", () => {
  it("is everything up to 64 proposals", async () => {
    expect(await asked(64, keys(1))).toEqual({ depth: "full", positions: [], own: [] });
  });

  it("is eight places by chance and one's own above", async () => {
    const { depth, positions, own } = await asked(65, keys(4));
    expect(depth).toBe("spot");
    expect(new Set(positions).size).toBe(8);
    expect(own).toEqual(keys(4));
  });

  it("is everything again for who has many keys, so that each of them is looked for", async () => {
    expect(await asked(65, keys(5))).toMatchObject({ depth: "full" });
    expect(await asked(2_000, keys(1_000))).toMatchObject({ depth: "full" });
  });

  it("is four of one's own keys by chance in rounds that are too large for that", async () => {
    const { depth, own } = await asked(2_001, keys(1_000));
    expect(depth).toBe("spot");
    expect(new Set(own).size).toBe(4);
    expect(own).not.toEqual(keys(4));
  });
});
