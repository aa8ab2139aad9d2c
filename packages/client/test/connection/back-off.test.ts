import { describe, expect, it } from "vitest";
import { backOffMs } from "../../src/connection/back-off.ts";

describe("the wait before the next try to connect (DESIGN §10)", () => {
  it("doubles from a quarter of a second up to fifteen", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((failures) => backOffMs(failures, 0.999_999))).toEqual([
      250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
    ]);
  });

  it("leaves half of it to chance, so that a class does not come back all at once", () => {
    expect(backOffMs(1, 0)).toBe(125);
    expect(backOffMs(20, 0)).toBe(7_500);
  });
});
