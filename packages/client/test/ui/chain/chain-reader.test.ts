import { describe, expect, it } from "vitest";
import { BlockSet } from "../../../src/replica/block-set.ts";
import { ChainReader } from "../../../src/ui/chain/chain-reader.ts";
import { state as stateOf } from "../support/sample.ts";

describe("the chain as the screen reads it", () => {
  it("is looked through once for a filter and a tip, whatever else is read between", () => {
    let searches = 0;
    const reader = new ChainReader({
      readRows: () => [],
      findBlocks: () => {
        searches += 1;
        return new BlockSet(2, () => (index) => index === searches);
      },
    });
    const state = stateOf();
    const first = reader.source(state, "bob").kept;
    expect(first?.atOrBefore(2)).toBe(1);
    expect(reader.source(state, "").kept).toBeNull();
    expect(reader.source(state, "bob").kept).toBe(first);
    expect(reader.source({ ...state, tip: { ...state.tip, hash: "00".repeat(32) } }, "bob").kept?.atOrBefore(2)).toBe(
      2,
    );
  });
});
