import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bold,
  fitLine,
  inverseLine,
  lineText,
  lineWidth,
  longestFitting,
  span,
  spread,
} from "../../../src/ui/format/line.ts";
import { makeTable } from "../../../src/ui/format/table.ts";

const anyLine = fc.array(fc.record({ text: fc.string({ unit: "grapheme", maxLength: 8 }) }), { maxLength: 6 });

describe("a line on the screen", () => {
  it("takes exactly its width, whatever is in it", () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 1, max: 40 }), (line, width) => {
        expect(lineWidth(fitLine(line, width))).toBe(width);
        expect(lineWidth(inverseLine(line, width, "alarm"))).toBe(width);
      }),
      { numRuns: 1000 },
    );
  });

  it("tells that it was cut, in the style of what was cut", () => {
    const [first, second] = fitLine([span("stake "), bold("100 tokens", "you")], 10);
    expect(lineText([first ?? span(""), second ?? span("")])).toBe("stake 100…");
    expect(second).toMatchObject({ tone: "you", isBold: true });
  });

  it("gives its right part up first where both do not fit", () => {
    expect(lineText(spread([span("left")], [span("right")], 12))).toBe("left   right");
    expect(lineText(spread([span("left")], [span("right")], 8))).toBe("left    ");
  });

  it("chooses the longest form that fits", () => {
    const forms = [[span("Balance 1,250")], [span("Bal. 1250")], [span("1250")]];
    expect(lineText(longestFitting(forms, 10))).toBe("Bal. 1250");
    expect(lineText(longestFitting(forms, 2))).toBe("1250");
  });
});

describe("a table", () => {
  const table = (width: number) =>
    makeTable<{ name: string; stake: number }>(
      [
        { title: "name", align: "left", width: 4, max: 8, rank: 0, cell: ({ name }) => span(name) },
        { title: "stake", align: "right", width: 5, rank: 1, cell: ({ stake }) => span(String(stake)) },
        { title: "bar", align: "left", width: 3, rank: 2, cell: () => [span("█"), span("░░")] },
      ],
      width,
    );

  it.each([
    [18, "alex       300 █░░", "name     stake bar"],
    [10, "alex   300", "name stake"],
    [9, "alex    ", "name    "],
  ])("drops columns of high rank first at %i columns", (width, row, header) => {
    expect(lineText(table(width).line({ name: "alex", stake: 300 })).trimEnd()).toBe(row.trimEnd());
    expect(lineText(table(width).header).trimEnd()).toBe(header.trimEnd());
  });
});
