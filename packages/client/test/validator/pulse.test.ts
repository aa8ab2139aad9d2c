import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextPulse } from "../../src/validator/pulse.ts";
import { FakeRuntime } from "../support/fake-runtime.ts";

describe("a plausible pulse (DESIGN §10, --auto-bpm)", () => {
  it("stays in its range, whatever that is", () => {
    const range = fc.tuple(fc.nat(300), fc.nat(100)).map(([min, width]) => ({ min, max: min + width }));
    fc.assert(
      fc.property(
        range,
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (allowed, dice) => {
          let last: number | undefined;
          for (let i = 0; i < 50; i++) {
            last = nextPulse(last, allowed, dice.next().value ?? 0);
            expect(Number.isInteger(last)).toBe(true);
            expect(last).toBeGreaterThanOrEqual(allowed.min);
            expect(last).toBeLessThanOrEqual(allowed.max);
          }
        },
      ),
    );
  });

  it("is that of somebody at rest, day after day", () => {
    const { random } = new FakeRuntime();
    let last: number | undefined;
    for (let i = 0; i < 10_000; i++) {
      const next = nextPulse(last, { min: 30, max: 220 }, random());
      expect(Math.abs(next - (last ?? next))).toBeLessThanOrEqual(20);
      expect(next).toBeGreaterThan(40);
      expect(next).toBeLessThan(130);
      last = next;
    }
  });
});
