// A tip as three words, for a class that compares by eye and aloud.
import { createHash } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import { TIP_WORDS } from "../../src/encoding/tip-word-list.ts";
import { tipWords } from "../../src/encoding/tip-words.ts";

describe("the words", () => {
  it("are 1,024 plain ones in alphabetical order", () => {
    expect(TIP_WORDS).toHaveLength(1024);
    for (const word of TIP_WORDS) expect(word).toMatch(/^[a-z]{3,8}$/);
    expect([...TIP_WORDS].sort()).toEqual(TIP_WORDS);
  });

  it("never begin with the same four letters", () => {
    expect(new Set(TIP_WORDS.map((word) => word.slice(0, 4))).size).toBe(TIP_WORDS.length);
  });

  it("never differ in one letter only, left out, added or changed", () => {
    const withOneLess = new Map<string, string>();
    for (const word of TIP_WORDS) {
      for (let i = 0; i < word.length; i++) {
        // Two words one letter apart have a word with that letter left out in common.
        const shorter = `${word.slice(0, i)}·${word.slice(i + 1)}`;
        expect(withOneLess.get(shorter), word).toBeUndefined();
        withOneLess.set(shorter, word);
        expect(TIP_WORDS, word).not.toContain(`${word.slice(0, i)}${word.slice(i + 1)}`);
      }
    }
  });

  test("never change: what one class wrote down, another one reads", () => {
    const list = createHash("sha256").update(TIP_WORDS.join(" ")).digest("hex");
    expect(list).toBe("65756b985d3ade98e9ed04db905beaf61fa3d76daf5353ffc8761db2fbabdb42");
  });
});

describe("a hash as three words", () => {
  it("reads ten bits a word from the front", () => {
    const first = TIP_WORDS[0];
    const last = TIP_WORDS[1023];
    expect(tipWords("00".repeat(32))).toBe(`${first} ${first} ${first}`);
    expect(tipWords("ff".repeat(32))).toBe(`${last} ${last} ${last}`);
    // 0000000001 1000000000 0000000011 01…
    expect(tipWords(`0060000d${"00".repeat(28)}`)).toBe(`${TIP_WORDS[1]} ${TIP_WORDS[512]} ${TIP_WORDS[3]}`);
  });

  it("is empty where there is no hash yet", () => {
    expect(tipWords("")).toBe("");
  });
});
