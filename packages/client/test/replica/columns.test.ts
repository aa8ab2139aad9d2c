import fc from "fast-check";
import { MAX_INTEGER } from "pos-shared/model/limits.ts";
import { describe, expect, it } from "vitest";
import type { BlockSet } from "../../src/replica/block-set.ts";
import { ChainColumns } from "../../src/replica/columns.ts";
import { DEPTHS } from "../../src/replica/verified.ts";

/** What the columns keep of a block; the rest of it they never look at. */
const kept = fc.record({
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  round: fc.oneof(fc.nat(1_000), fc.integer({ min: 0, max: MAX_INTEGER })),
  timestampMs: fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }),
  bpm: fc.option(fc.oneof(fc.nat(300), fc.integer({ min: 0, max: MAX_INTEGER }))),
  winner: fc.option(fc.oneof(fc.nat(100_000), fc.nat(2 ** 30))),
  verified: fc.constantFrom(...DEPTHS),
});

function columnsOf(blocks: readonly (typeof kept extends fc.Arbitrary<infer T> ? T : never)[]): ChainColumns {
  const columns = new ChainColumns();
  for (const [i, { verified, ...block }] of blocks.entries()) columns.append({ ...block, index: i + 1 }, verified);
  return columns;
}

/** A set of blocks as a list, walked upwards. */
function membersOf(blocks: BlockSet): number[] {
  const members: number[] = [];
  for (let index = blocks.atOrAfter(1); index > 0; index = blocks.atOrAfter(index + 1)) members.push(index);
  return members;
}

describe("the chain as columns (TUI, rule 19)", () => {
  it("gives back what was put in, whatever it is, and after a checkpoint too", () => {
    fc.assert(
      fc.property(fc.array(kept, { maxLength: 40 }), (blocks) => {
        const columns = columnsOf(blocks);
        const { hashes, facts, large } = columns.toBytes(columns.length);
        const copy = ChainColumns.fromBytes(Buffer.from(hashes), Buffer.from(facts), large);
        const expected = blocks.map((block, i) => ({ index: i + 1, ...block }));
        for (const each of [columns, copy]) {
          expect(expected.map(({ index }) => each?.factsAt(index))).toEqual(expected);
        }
      }),
    );
  });

  it("finds a block by its hash, and not where hashes meet", () => {
    const columns = columnsOf([
      { hash: "00".repeat(16) + "11".repeat(16), round: 1, timestampMs: 0, bpm: 60, winner: 0, verified: "links" },
      { hash: "22".repeat(32), round: 2, timestampMs: 0, bpm: 61, winner: 1, verified: "links" },
    ]);
    expect(columns.indexOf("22".repeat(32))).toBe(2);
    expect(columns.indexOf("11".repeat(16) + "22".repeat(16))).toBeUndefined();
    expect(columns.indexOf("33".repeat(32))).toBeUndefined();
  });

  it("finds the blocks of a filter as a look at each of them does", () => {
    const places = fc.uint8Array({ max: 1, maxLength: 12 });
    const few = kept.map((block) => ({ ...block, winner: block.winner === null ? null : block.winner % 12 }));
    const lists = fc.array(few, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lists, places, fc.nat(29), fc.nat(65), fc.boolean(), (blocks, winners, at, length, isThere) => {
        const columns = columnsOf(blocks);
        const example = blocks[at % blocks.length];
        const bpm = example?.bpm ?? 72;
        const hash = `${isThere ? "" : "g"}${example?.hash.slice(0, length)}`;
        const found = (wanted: Parameters<ChainColumns["find"]>[0]) => membersOf(columns.find(wanted));
        const expected = (holds: (block: (typeof blocks)[number]) => boolean) =>
          blocks.flatMap((block, i) => (holds(block) ? [i + 1] : []));
        expect(found({})).toEqual(expected(() => true));
        const won = expected(({ winner }) => winner !== null && winners[winner] === 1);
        expect(found({ winners })).toEqual(won);
        expect(columns.find({ winners }).size).toBe(won.length);
        expect(found({ bpm })).toEqual(expected((block) => block.bpm === bpm));
        expect(found({ hash })).toEqual(expected((block) => block.hash.startsWith(hash)));
        expect(found({ winners, bpm, hash })).toEqual(
          expected(
            (block) =>
              block.winner !== null && winners[block.winner] === 1 && block.bpm === bpm && block.hash.startsWith(hash),
          ),
        );
      }),
    );
  });

  it("counts the wins of each place, also of those that come later", () => {
    const won = (index: number, winner: number | null) => ({
      index,
      hash: "00".repeat(32),
      round: index,
      timestampMs: 0,
      bpm: 60,
      winner,
    });
    const columns = new ChainColumns();
    const add = (block: ReturnType<typeof won>) => columns.append(block, "links");
    for (const [i, winner] of [0, 2, null, 2, 2 ** 30].entries()) add(won(i + 1, winner));
    expect([0, 1, 2, 2 ** 30].map((place) => columns.winsOf(place))).toEqual([1, 0, 2, 1]);
    add(won(6, 1));
    expect(columns.winsOf(1)).toBe(1);
  });

  it("raises a block's depth and never lowers it", () => {
    const columns = columnsOf([
      { hash: "00".repeat(32), round: 1, timestampMs: 0, bpm: null, winner: null, verified: "spot" },
    ]);
    columns.raise(1, "links");
    expect(columns.verifiedAt(1)).toBe("spot");
    columns.raise(1, "full");
    expect(columns.verifiedAt(1)).toBe("full");
  });

  it("keeps a million blocks in 48 MB", () => {
    const { hashes, facts } = columnsOf([
      { hash: "00".repeat(32), round: 1, timestampMs: 0, bpm: 60, winner: 0, verified: "full" },
    ]).toBytes(1);
    expect(hashes.length + facts.length).toBe(48);
  });
});
