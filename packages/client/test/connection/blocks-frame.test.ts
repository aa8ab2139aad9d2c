import { describe, expect, test } from "vitest";
import { splitBlocksFrame } from "../../src/connection/blocks-frame.ts";

const TIP = { index: 2, hash: "a".repeat(64) };
const frameOf = (message: unknown) => Buffer.from(JSON.stringify(message));

describe("a page of blocks taken apart without parsing it", () => {
  test("is the message without its blocks, and their text", () => {
    const blocks = [{ index: 1 }, { name: '],"tip":{"' }, {}];
    const split = splitBlocksFrame(frameOf({ type: "blocks", re: "x", blocks, tip: TIP }));
    expect(JSON.parse(split?.shell ?? "")).toEqual({ type: "blocks", re: "x", blocks: [], tip: TIP });
    expect(JSON.parse(`[${split?.blocks}]`)).toEqual(blocks);
  });

  test("may be empty", () => {
    const split = splitBlocksFrame(frameOf({ type: "blocks", re: "x", blocks: [], tip: TIP }));
    expect(split?.blocks).toHaveLength(0);
  });

  test.each([
    ["another message", { type: "pong", re: "x", time: 0 }],
    ["another order of fields", { re: "x", type: "blocks", blocks: [], tip: TIP }],
    ["no blocks", { type: "blocks", re: "x", tip: TIP }],
    ["the tip before the blocks", { type: "blocks", re: "x", tip: TIP, blocks: [] }],
  ])("%s is left whole", (_, message) => {
    expect(splitBlocksFrame(frameOf(message))).toBeUndefined();
  });
});
