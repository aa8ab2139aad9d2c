import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, parseBpmLine } from "../../src/headless/bpm-lines.ts";

describe("a line as a BPM, as `nc` sent it (REFERENCE, part 1)", () => {
  it.each([
    ["72", 72],
    ["72\r", 72],
    [" 72 ", 72],
    ["+72", 72],
    ["-40", -40],
    ["007", 7],
  ])("%j is %d", (line, bpm) => {
    expect(parseBpmLine(line)).toEqual({ ok: true, value: bpm });
  });

  it.each(["", " ", "abc", "72.5", "7e1", "0x48", "72 73", "NaN", "9223372036854775807", "-", "７２"])(
    "%j is refused",
    (line) => {
      expect(parseBpmLine(line)).toMatchObject({
        ok: false,
        error: { line: line.trim(), fault: { code: "MALFORMED" } },
      });
    },
  );
});

it("names the network's range for what is too large to be any number, where the range is known (REFERENCE, defect 24)", () => {
  expect(parseBpmLine("9223372036854775807", { min: 30, max: 220 })).toMatchObject({
    ok: false,
    error: {
      line: "9223372036854775807",
      fault: { code: "BPM_OUT_OF_RANGE", expected: "30 to 220", actual: "9223372036854775807" },
    },
  });
});

describe("text as lines (REFERENCE, defects 10 and 11)", () => {
  /** All lines of pieces of text. */
  function linesOf(pieces: readonly string[]): string[] {
    const splitter = new LineSplitter();
    const lines = [...pieces.flatMap((piece) => splitter.feed(piece)), ...splitter.end()];
    return lines.map((line) => (line.ok ? line.value : `too long: ${line.error.fault.expected}`));
  }

  it("gives the same lines however they are split into pieces", () => {
    const line = fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\n", ""));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
        (lines, sizes) => {
          const text = lines.map((each) => `${each}\n`).join("");
          const pieces: string[] = [];
          for (let at = 0; at < text.length; ) {
            const { value: size = 1 } = sizes.next();
            pieces.push(text.slice(at, at + size));
            at += size;
          }
          expect(linesOf(pieces)).toEqual(lines);
        },
      ),
    );
  });

  it("takes the last line without its line break", () => {
    expect(linesOf(["61\n62"])).toEqual(["61", "62"]);
  });

  it("refuses a line that is too long without keeping it, and goes on with the next", () => {
    const pieces = Array.from({ length: 1_000 }, () => "7".repeat(10_000));
    expect(linesOf([...pieces, "\n", "72\n"])).toEqual(["too long: a line of at most 256 characters", "72"]);
  });
});
