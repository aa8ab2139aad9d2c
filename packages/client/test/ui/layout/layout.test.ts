import { describe, expect, it } from "vitest";
import {
  breakpointOf,
  drawRegion,
  type LayoutInput,
  layoutScreen,
  type Region,
} from "../../../src/ui/layout/layout.ts";

const layout = (columns: number, rows: number, more: Partial<LayoutInput> = {}) =>
  layoutScreen({
    columns,
    rows,
    pane: "chain",
    isZoomed: false,
    bannerRows: 0,
    isSpectator: false,
    overlayRows: null,
    ...more,
  });

const ids = (regions: readonly Region[]): string => regions.map(({ id }) => id).join(" ");

describe("breakpoints (TUI rule 9)", () => {
  it.each([
    [120, 40, "full"],
    [119, 40, "compact"],
    [120, 39, "compact"],
    [80, 23, "compact"],
    [72, 18, "compact"],
    [71, 18, "tabs"],
    [72, 17, "tabs"],
    [60, 16, "tabs"],
    [59, 16, "minimal"],
    [40, 8, "minimal"],
    [39, 8, "tooSmall"],
    [40, 7, "tooSmall"],
  ])("%i×%i is %s", (columns, rows, expected) => {
    expect(breakpointOf(columns, rows)).toBe(expected);
  });
});

describe("a layout", () => {
  const sizes = [
    [120, 40],
    [200, 60],
    [84, 22],
    [80, 23],
    [72, 18],
    [60, 16],
    [71, 50],
    [300, 18],
  ] as const;
  const variants: Partial<LayoutInput>[] = [
    {},
    { bannerRows: 3 },
    { bannerRows: 6 },
    { bannerRows: 12 },
    { bannerRows: 12, overlayRows: 100 },
    { isZoomed: true },
    { overlayRows: 100 },
    { overlayRows: 13 },
    { isSpectator: true },
    { isSpectator: true, bannerRows: 4 },
    { isSpectator: true, bannerRows: 20 },
  ];

  it.each(sizes.flatMap(([columns, rows]) => variants.map((variant) => ({ columns, rows, variant }))))(
    "of $columns×$rows $variant covers every cell, no two regions inside of each other",
    ({ columns, rows, variant }) => {
      const { regions } = layout(columns, rows, variant);
      const owners = Array.from({ length: rows * columns }, () => 0);
      const edges = Array.from({ length: rows * columns }, () => 0);
      for (const { inner, outer } of regions) {
        expect(inner.height).toBeGreaterThanOrEqual(1);
        expect(inner.width).toBeGreaterThanOrEqual(10);
        for (let y = outer.top; y < outer.top + outer.height; y++) {
          for (let x = outer.left; x < outer.left + outer.width; x++) {
            const isInner =
              y >= inner.top && y < inner.top + inner.height && x >= inner.left && x < inner.left + inner.width;
            const at = y * columns + x;
            (isInner ? owners : edges)[at] = ((isInner ? owners : edges)[at] ?? 0) + 1;
          }
        }
      }
      for (let at = 0; at < rows * columns; at++) {
        expect(owners[at]).toBeLessThanOrEqual(1);
        expect((owners[at] ?? 0) + (edges[at] ?? 0)).toBeGreaterThanOrEqual(1);
        expect(owners[at] === 1 && (edges[at] ?? 0) > 0).toBe(false);
      }
    },
  );

  it("shows all panes and the winner from 72×18 on, and the block's detail from 120×40 on", () => {
    expect(ids(layout(84, 22).regions)).toBe("head validators chain proposals log winner");
    expect(ids(layout(120, 40).regions)).toBe("head winner validators proposals chain detail log");
  });

  it("shows one pane at 60×16, or where it is zoomed", () => {
    expect(ids(layout(60, 16, { pane: "log" }).regions)).toBe("head log winner");
    expect(ids(layout(120, 40, { isZoomed: true }).regions)).toBe("head winner chain");
  });

  it("puts an alarm below the head, whatever is open", () => {
    expect(ids(layout(84, 22, { bannerRows: 3, overlayRows: 100 }).regions)).toBe("head banner overlay winner");
  });

  it("gives an alarm the place of the panes where they leave it too little, but not that of what is open", () => {
    const alarm = layout(60, 16, { bannerRows: 8 }).regions;
    expect(ids(alarm)).toBe("head banner winner");
    expect(alarm.find(({ id }) => id === "banner")?.inner.height).toBe(8);
    expect(ids(layout(60, 16, { bannerRows: 4 }).regions)).toBe("head banner chain winner");
    const open = layout(60, 16, { bannerRows: 11, overlayRows: 100 }).regions;
    expect(ids(open)).toBe("head banner overlay winner");
    // Its title stays; what is open is what is read.
    expect(open.map(({ inner }) => inner.height)).toEqual([3, 2, 5, 1]);
  });

  it("gives a long alarm the place of the winner too, so that a spectator reads more of it at a time", () => {
    const heights = (isSpectator: boolean, bannerRows: number): readonly number[] =>
      layout(60, 16, { isSpectator, bannerRows }).regions.map(({ inner }) => inner.height);
    expect(heights(false, 9)).toEqual([3, 10]);
    expect(heights(true, 5)).toEqual([6, 5, 1]);
    expect(heights(true, 11)).toEqual([6, 7]);
  });

  it("keeps the panes below a small overlay where there is room", () => {
    expect(ids(layout(120, 40, { overlayRows: 12 }).regions)).toBe(
      "head winner overlay validators chain proposals log",
    );
  });

  it("plays the draw in the proposals; where one pane stands, there, unless it is read", () => {
    expect(drawRegion("chain", layout(84, 22), 5)).toBe("proposals");
    expect(drawRegion(null, layout(60, 16), 5)).toBe("chain");
    expect(drawRegion("chain", layout(60, 16), 5)).toBeNull();
  });

  it.each([
    [120, 40],
    [84, 22],
    [80, 24],
    [80, 23],
  ])("has room for the eight lowest scores at %i×%i (TUI rule 21)", (columns, rows) => {
    const { regions } = layout(columns, rows);
    const id = drawRegion("chain", layout(columns, rows), 300);
    expect(regions.find((region) => region.id === id)?.inner.height).toBeGreaterThanOrEqual(8);
    // Who is reading the validators goes on reading.
    expect(drawRegion("validators", layout(columns, rows), 300)).toBe("proposals");
  });
});
