import { describe, expect, it } from "vitest";
import { lineText, span } from "../../../src/ui/format/line.ts";
import { type Arms, boxSign, HEAVY, LIGHT, NONE } from "../../../src/ui/layout/box-drawing.ts";
import { drawFrame, type FrameBox, type FrameLabel } from "../../../src/ui/layout/frame.ts";
import { toAscii } from "../../../src/ui/look/ascii.ts";

/** The frame on a grid of characters. */
function drawn(boxes: readonly FrameBox[], labels: readonly FrameLabel[] = []): string {
  const grid: string[][] = [];
  for (const { left, top, lines } of drawFrame(boxes, labels)) {
    lines.forEach((line, i) => {
      const row = grid[top + i] ?? [];
      grid[top + i] = row;
      [...lineText(line)].forEach((sign, j) => {
        row[left + j] = sign;
      });
    });
  }
  return grid.map((row) => Array.from(row, (sign) => sign ?? " ").join("")).join("\n");
}

const rect = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });

describe("borders", () => {
  it("are joined where boxes meet", () => {
    const boxes = [
      { rect: rect(0, 0, 9, 3), isFocused: false },
      { rect: rect(0, 2, 5, 3), isFocused: false },
      { rect: rect(4, 2, 5, 3), isFocused: false },
    ];
    expect(drawn(boxes)).toBe(["╭───────╮", "│       │", "├───┬───┤", "│   │   │", "╰───┴───╯"].join("\n"));
  });

  it("of the focused box are heavy, so that it is told without colour (TUI rule 18)", () => {
    const boxes = [
      { rect: rect(0, 0, 5, 3), isFocused: false },
      { rect: rect(4, 0, 5, 3), isFocused: true },
      { rect: rect(0, 2, 9, 3), isFocused: false },
    ];
    expect(drawn(boxes)).toBe(["╭───┲━━━┓", "│   ┃   ┃", "├───┺━━━┩", "│       │", "╰───────╯"].join("\n"));
  });

  it("carry labels, cut before the corner", () => {
    const box = { rect: rect(0, 0, 12, 2), isFocused: false };
    expect(drawn([box], [{ row: 0, left: 2, line: [span(" Chain ")] }])).toBe("╭─ Chain ──╮\n╰──────────╯");
    expect(drawn([box], [{ row: 0, left: 2, line: [span(" Validators ")] }])).toBe("╭─ Validat…╮\n╰──────────╯");
  });

  it("have a sign for every meeting of arms, and each reads as + - | or blank in ASCII", () => {
    const weights = [NONE, LIGHT, HEAVY];
    for (const up of weights) {
      for (const right of weights) {
        for (const down of weights) {
          for (const left of weights) {
            const arms: Arms = { up, right, down, left };
            const count = [up, right, down, left].filter((weight) => weight > 0).length;
            if (count < 2) continue;
            const sign = boxSign(arms);
            expect(sign, JSON.stringify(arms)).toMatch(/^[\u2500-\u257f]$/);
            expect(toAscii(sign)).toMatch(/^[+\-|=#]$/);
          }
        }
      }
    }
  });
});
