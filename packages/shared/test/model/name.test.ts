import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldName, isName, isNetworkName } from "../../src/model/name.ts";
import { describeWithVectors } from "../support/vectors.ts";

interface Vectors {
  readonly names: readonly { readonly name: string; readonly valid: boolean; readonly why: string }[];
  readonly namePairs: readonly {
    readonly first: string;
    readonly second: string;
    readonly collide: boolean;
    readonly why: string;
  }[];
}

describeWithVectors<Vectors>("worked-chain.json", ({ names, namePairs }) => {
  describe("the alphabet and length of names (SPEC §3)", () => {
    test.each(names)("$why: $valid", ({ name, valid }) => {
      expect(isName(name)).toBe(valid);
    });
  });

  describe("which names count as one (SPEC §3)", () => {
    test.each(namePairs)("$first and $second: $collide, as $why", ({ first, second, collide }) => {
      expect(foldName(first) === foldName(second)).toBe(collide);
    });
  });
});

describe("names", () => {
  /** SPEC §3 as it is written there: first and last of each range. */
  const RANGES =
    "AZ az 09 __ -- \u00C0\u024F \u0391\u03A1 \u03A3\u03CE \u0400\u0481 \u048A\u04FF \u3041\u3096 \u30A1\u30FA \u4E00\u9FFF \uAC00\uD7A3"
      .split(" ")
      .map((range) => [range.charCodeAt(0), range.charCodeAt(1)] as const);
  const isOfAlphabet = (codePoint: number): boolean =>
    codePoint !== 0xd7 && codePoint !== 0xf7 && RANGES.some(([first, last]) => codePoint >= first && codePoint <= last);

  test("take each code point of Unicode, or refuse it, as SPEC §3 lists it", () => {
    const wrong: number[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      if (isName(String.fromCodePoint(codePoint)) !== isOfAlphabet(codePoint)) wrong.push(codePoint);
    }
    expect(wrong).toEqual([]);
  });

  test("are stable under NFC, hold no combining mark and nothing that is written from right to left (SPEC §3)", () => {
    for (const [first, last] of RANGES) {
      for (let codePoint = first; codePoint <= last; codePoint++) {
        if (!isOfAlphabet(codePoint)) continue;
        const letter = String.fromCodePoint(codePoint);
        expect(letter.normalize("NFC")).toBe(letter);
        expect(letter).not.toMatch(/\p{M}|\p{Script=Arabic}|\p{Script=Hebrew}/u);
      }
    }
  });

  const letter = fc.constantFrom(...RANGES.flat()).map((c) => String.fromCharCode(c));

  test("have 1 to 16 code points, a network's 1 to 32 (SPEC §2, §3)", () => {
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 40 }), (letters) => {
        expect(isName(letters.join(""))).toBe(letters.length >= 1 && letters.length <= 16);
        expect(isNetworkName(letters.join(""))).toBe(letters.length >= 1 && letters.length <= 32);
      }),
      { numRuns: 1000 },
    );
  });

  test("are one where each code point alone lowercases to the same (SPEC §3)", () => {
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 16 }), fc.array(fc.boolean()), (letters, upper) => {
        const other = letters.map((c, i) => (upper[i] === true && c.toUpperCase().length === 1 ? c.toUpperCase() : c));
        const isSame = letters.every((c, i) => c.toLowerCase() === other[i]?.toLowerCase());
        expect(foldName(letters.join("")) === foldName(other.join(""))).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });

  test("are text: nothing else is one", () => {
    for (const value of [undefined, null, 7, true, ["a"], { a: 1 }]) expect(isName(value)).toBe(false);
  });
});
