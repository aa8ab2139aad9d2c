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
      fc.property(entries, entries, (set, more) => {
        const start: DigestMap<number> = EMPTY_DIGEST_MAP;
        const expected = set.reduce((map, [key, value]) => setDigest(map, key, value), start);
        const map = digestMapOf(set);
        expect(map).toEqual(expected);
        more.reduce((m, [key, value]) => setDigest(m, key, value), map);
        expect(map).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test("stays what it was when another value is made of it", () => {
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const start: DigestMap<number> = EMPTY_DIGEST_MAP;
        const map = before.reduce((m, [key, value]) => setDigest(m, key, value), start);
        const values = digestValues(map);
        after.reduce((m, [key, value]) => setDigest(m, key, value), map);
        expect(digestValues(map)).toEqual(values);
        expect(map.size).toBe(values.length);
      }),
      { numRuns: 1000 },
    );
  });
});
