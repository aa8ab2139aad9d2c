import { expect, test } from "vitest";
import { RecentMap } from "../../../src/ui/format/recent-map.ts";

test("keeps what is asked for again and again, and forgets the rest (TUI, figures to beat: RSS)", () => {
  const map = new RecentMap<number, string>();
  map.set(-1, "kept");
  for (let i = 0; i < 10_000; i++) {
    map.set(i, `${i}`);
    expect(map.get(-1)).toBe("kept");
    expect(map.get(i)).toBe(`${i}`);
  }
  const known = Array.from({ length: 10_000 }, (_, i) => map.get(i)).filter((value) => value !== undefined);
  expect(known.length).toBeGreaterThanOrEqual(200);
  expect(known.length).toBeLessThanOrEqual(512);
  expect(map.get(0)).toBeUndefined();
});
