import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DigestMap,
  digestMapOf,
  digestValues,
  EMPTY_DIGEST_MAP,
  getDigest,
  setDigest,
} from "../../src/ledger/digest-map.ts";

/** Digests that share long beginnings, as an attacker would choose them, besides evenly spread ones. */
const digest = fc.oneof(
  fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: 64, maxLength: 64 }).map((digits) => digits.join("")),
  fc
    .tuple(fc.constantFrom(0, 1, 2, 40, 63), fc.constantFrom(..."09af"))
    .map(([at, digit]) => `${"0".repeat(at)}${digit}${"0".repeat(63 - at)}`),
);
/** One key after the other. */
const put = (map: DigestMap<number>, set: readonly (readonly [string, number])[]) =>
  set.reduce((before, [key, value]) => setDigest(before, key, value), map);
const entries = fc.array(fc.tuple(digest, fc.nat(9)), { maxLength: 30 });

describe("a map from digests, which keeps its older values (DESIGN §3)", () => {
  test("holds what a Map holds, in ascending order of the keys", () => {
    fc.assert(
      fc.property(entries, fc.array(digest), (set, asked) => {
        const twin = new Map<string, number>();
        let map: DigestMap<number> = EMPTY_DIGEST_MAP;
        for (const [key, value] of set) {
          twin.set(key, value);
          map = setDigest(map, key, value);
        }
        expect(map.size).toBe(twin.size);
        expect(digestValues(map)).toEqual([...twin].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value));
        for (const key of [...twin.keys(), ...asked]) expect(getDigest(map, key)).toBe(twin.get(key));
      }),
      { numRuns: 1000 },
    );
  });

  test("made of many keys at once is what setting one after the other comes to", () => {
    fc.assert(
      fc.property(entries, (set) => {
        expect(digestMapOf(set)).toEqual(put(EMPTY_DIGEST_MAP, set));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["set one after the other", (set: readonly (readonly [string, number])[]) => put(EMPTY_DIGEST_MAP, set)],
    ["made at once", digestMapOf<number>],
  ])("%s stays what it was when another value is made of it", (_, make) => {
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const map = make(before);
        const values = digestValues(map);
        put(map, after);
        expect(digestValues(map)).toEqual(values);
        expect(map.size).toBe(values.length);
      }),
      { numRuns: 1000 },
    );
  });
});
