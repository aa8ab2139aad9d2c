import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BlockSet } from "../../src/replica/block-set.ts";

/** More than a stretch that is looked through at once. */
const LONG = 100_000;

describe("a set of blocks", () => {
  it("counts its blocks and finds the next one as a look through a list does", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), fc.integer({ min: -2, max: 260 }), (isIn, from) => {
        const blocks = new BlockSet(isIn.length, () => (index) => isIn[index - 1] === true);
        const members = isIn.flatMap((each, i) => (each ? [i + 1] : []));
        expect(blocks.atOrBefore(from)).toBe(members.findLast((index) => index <= from) ?? 0);
        expect(blocks.atOrAfter(from)).toBe(members.find((index) => index >= from) ?? 0);
        expect(blocks.size).toBe(members.length);
      }),
      { numRuns: 500 },
    );
  });

  it("looks at each block once at most, and only near to where one looks", () => {
    const asked = new Map<number, number>();
    const blocks = new BlockSet(LONG, () => (index) => {
      asked.set(index, (asked.get(index) ?? 0) + 1);
      return index % 7 === 0;
    });
    expect([blocks.atOrBefore(LONG), blocks.atOrBefore(LONG - 10)]).toEqual([99_995, 99_988]);
    expect(asked.size).toBeLessThan(40_000);
    expect(Math.min(...asked.keys())).toBeGreaterThan(60_000);
    expect(blocks.size).toBe(Math.floor(LONG / 7));
    expect([asked.size, Math.max(...asked.values())]).toEqual([LONG, 1]);
  });

  it("is found again beyond long stretches without any", () => {
    const blocks = new BlockSet(LONG, () => (index) => index === 1 || index === LONG - 1);
    expect([blocks.atOrBefore(LONG - 2), blocks.atOrAfter(2), blocks.atOrAfter(LONG)]).toEqual([1, LONG - 1, 0]);
  });

  it("believes who says how many there are, and looks for none where there is none", () => {
    expect(new BlockSet(LONG, () => () => false, 3).size).toBe(3);
    const none = new BlockSet(LONG, () => expect.unreachable("it looked"), 0);
    expect([none.atOrBefore(LONG), none.atOrAfter(1)]).toEqual([0, 0]);
  });
});
