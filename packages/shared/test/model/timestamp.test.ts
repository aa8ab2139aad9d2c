import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimestamp, millisecondsOf, timestampOf } from "../../src/model/timestamp.ts";

const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, "0"));
/** Texts of the form with numbers in and a little beyond their ranges. */
const formed = fc
  .tuple(
    fc.integer({ min: 0, max: 9999 }),
    two(14),
    two(33),
    two(26),
    two(62),
    two(62),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([year, month, day, hour, minute, second, ms]) => {
    const [yyyy, sss] = [String(year).padStart(4, "0"), String(ms).padStart(3, "0")];
    return `${yyyy}-${month}-${day}T${hour}:${minute}:${second}.${sss}Z`;
  });
const moment = fc.integer({ min: 0, max: Date.parse("9999-12-31T23:59:59.999Z") });

/** What the platform's own calendar says: an existing date is written back as it was. */
function exists(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text;
}

describe("timestamps (SPEC §6)", () => {
  test("are existing dates as YYYY-MM-DDTHH:MM:SS.sssZ, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(formed, fc.string()), (text) => {
        expect(isTimestamp(text)).toBe(exists(text) && text.length === 24);
      }),
      { numRuns: 3000 },
    );
    for (let year = 0; year <= 9999; year += 1) {
      const text = `${String(year).padStart(4, "0")}-02-29T00:00:00.000Z`;
      expect(isTimestamp(text)).toBe(exists(text));
    }
    const wrong = [
      "2026-01-01T00:00:00Z",
      "2026-01-01t00:00:00.000z",
      "+002026-01-01T00:00:00.000Z",
      "2026-01-01T00:00:00.000Z\n",
    ];
    for (const value of [...wrong, "2026-01-01T00:00:00.000+00:00", "２026-01-01T00:00:00.000Z", 0, null, undefined])
      expect(isTimestamp(value)).toBe(false);
  });

  test("stand for the same moment as the platform says, there and back", () => {
    fc.assert(
      fc.property(moment, (ms) => {
        const text = new Date(ms).toISOString();
        expect(timestampOf(ms)).toBe(text);
        expect(millisecondsOf(text)).toBe(ms);
      }),
      { numRuns: 3000 },
    );
    for (let ms = Date.parse("1999-01-01T00:00:00.000Z"); ms < Date.parse("2005-01-01T00:00:00.000Z"); ms += 86_400_000)
      expect([timestampOf(ms), timestampOf(ms - 1)]).toEqual(
        [new Date(ms), new Date(ms - 1)].map((d) => d.toISOString()),
      );
    for (const text of ["0000-01-01T00:00:00.000Z", "0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z"])
      expect(millisecondsOf(text)).toBe(Date.parse(text));
  });

  test("compare as text as the moments do", () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(timestampOf(a) < timestampOf(b)).toBe(a < b);
      }),
      { numRuns: 1000 },
    );
  });
});
