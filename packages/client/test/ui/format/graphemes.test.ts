import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import inkWidth from "../../../src/ui/format/ink-width.ts";
import { QuickSegmenter } from "../../../src/ui/format/quick-segmenter.ts";

// What stands on a screen, and what could be taken for it: our signs, styles, wide, combining and joined characters.
const pieces = fc.constantFrom(
  ..."abz09 ~·…—▸★●─│╭█▏é中かㅎ́‍️👩🇩🇪",
  "\u001b[1m",
  "\u001b[38;2;1;2;3m",
  "\u001b[39m",
  "\u001b[2J",
  "\u001b]9;x\u0007",
  "\u001b",
  "\r\n",
  "\t",
  "👩‍👩‍👧",
  "é",
);
const texts = fc.array(pieces, { maxLength: 12 }).map((each) => each.join(""));

describe("what Ink measures and takes apart texts with", () => {
  it("gives the columns that string-width gives", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(inkWidth(text)).toBe(stringWidth(text));
        const options = { countAnsiEscapeCodes: true };
        expect(inkWidth(text, options)).toBe(stringWidth(text, options));
      }),
    );
  });

  it("gives the graphemes that Intl.Segmenter gives", () => {
    const whole = new Intl.Segmenter(undefined, { granularity: "grapheme" });
    fc.assert(
      fc.property(texts, (text) => {
        const plain = (segments: Iterable<{ segment: string; index: number }>) =>
          Array.from(segments, ({ segment, index }) => [index, segment]);
        expect(plain(new QuickSegmenter().segment(text))).toEqual(plain(whole.segment(text)));
      }),
    );
  });
});
