import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { chunks, padEnd, padStart, truncate, widthOf, wrapWords, wrapWordsFrom } from "../../../src/ui/format/text.ts";
import { clean } from "../../../src/words/clean.ts";

describe("text from the network (TUI rule 4)", () => {
  it("loses everything that would steer the terminal", () => {
    expect(clean("bob\u001b[31m\u0007\u0000\r\n")).toBe("bob[31m");
    expect(clean("a\u202eb\u200bc\u2066d")).toBe("abcd");
    expect(clean("\u009b31mx\u2028y\ufe0fz")).toBe("31mxyz");
  });

  it("keeps letters of every script", () => {
    expect(clean("日本語 Ünï Ελ жук 한국")).toBe("日本語 Ünï Ελ жук 한국");
  });
});

describe("widths (TUI rule 23)", () => {
  it("measures wide characters as two columns", () => {
    expect(widthOf("日本")).toBe(4);
    expect(widthOf("bob")).toBe(3);
  });

  it("counts our own signs as the one column that they take", () => {
    const boxes = Array.from({ length: 0xa0 }, (_, i) => String.fromCharCode(0x2500 + i));
    for (const sign of [..."·…—–±−≈←→↑↓‖▸★●○◐✓✗▲▼", ...boxes]) {
      expect(widthOf(sign), sign).toBe(1);
      expect(stringWidth(sign), sign).toBe(1);
    }
  });

  it.each([
    ["alexander", 6, "alexa…"],
    ["日本語話", 6, "日本…"],
    ["日本語", 6, "日本語"],
    ["abc", 3, "abc"],
    ["abc", 0, ""],
  ])("cuts %s to %i columns", (text, width, expected) => {
    expect(truncate(text, width)).toBe(expected);
    expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width);
  });

  it("pads to exactly the width, also where a wide character does not fit", () => {
    for (const text of ["", "a", "日", "日本語", "alexander", "a日b本c"]) {
      for (let width = 0; width < 10; width++) {
        expect(widthOf(padEnd(text, width))).toBe(width);
        expect(widthOf(padStart(text, width))).toBe(width);
      }
    }
  });
});

describe("long values", () => {
  it("are broken into pieces that make the whole again", () => {
    expect(chunks("0123456789", 4)).toEqual(["0123", "4567", "89"]);
    expect(chunks("", 4)).toEqual([""]);
  });

  it("are broken at blanks where they are words", () => {
    expect(wrapWords("the hub did not record the lowest", 12)).toEqual(["the hub did", "not record", "the lowest"]);
    expect(wrapWords("a_word_longer_than_the_line x", 10)).toEqual(["a_word_lon", "ger_than_t", "he_line x"]);
    expect(wrapWords("six666 /long/path", 8)).toEqual(["six666 /", "long/pat", "h"]);
    expect(wrapWords("seven77 /long/path", 8)).toEqual(["seven77", "/long/pa", "th"]);
    expect(wrapWords("eight888 /long/path", 8)).toEqual(["eight888", "/long/pa", "th"]);
  });

  it("begin beside something else, and go on over the whole width", () => {
    expect(wrapWordsFrom("the hub did not record the lowest", 8, 20)).toEqual([
      "the hub",
      "did not record the",
      "lowest",
    ]);
    expect(wrapWordsFrom("the hub", 8, 20)).toEqual(["the hub"]);
    expect(wrapWordsFrom("a_word_longer x", 4, 8)).toEqual(["a_wo", "rd_longe", "r x"]);
  });
});
