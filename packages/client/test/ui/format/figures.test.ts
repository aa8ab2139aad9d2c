import { describe, expect, it } from "vitest";
import { bar, sparkline } from "../../../src/ui/format/bars.ts";
import { hashHead, shortHex } from "../../../src/ui/format/identifiers.ts";
import { oneDigit, percent, shortTokens, signedDigit, signedPercent, tokens } from "../../../src/ui/format/numbers.ts";
import { age, countdown, secondsLeft, utcTime } from "../../../src/ui/format/time.ts";

describe("numbers", () => {
  it("tokens carry separators", () => {
    expect(tokens(1_234_567)).toBe("1,234,567");
  });

  it.each([
    [0, "0"],
    [9999, "9999"],
    [10_000, "10k"],
    [12_345, "12.3k"],
    [999_999, "999k"],
    [4_500_000, "4.5M"],
    [1e9, "1G"],
    [Number.MAX_SAFE_INTEGER, "9007T"],
  ])("%i tokens are %s in a column", (amount, text) => {
    expect(shortTokens(amount)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(5);
  });

  it("a small share never reads as nothing", () => {
    expect([percent(0), percent(0.0001), percent(0.3731), percent(1)]).toEqual(["0.0%", "<0.1%", "37.3%", "100.0%"]);
  });

  it("deviations carry their sign", () => {
    expect([signedPercent(0.084), signedPercent(-0.5), signedPercent(12.3), signedPercent(-0.001)]).toEqual([
      "+8%",
      "−50%",
      "+1,230%",
      "+0%",
    ]);
    expect([signedDigit(0.46), signedDigit(-2)]).toEqual(["+0.5", "−2.0"]);
    expect(oneDigit(28.64)).toBe("28.6");
  });
});

describe("times", () => {
  it.each([
    [0, "0s"],
    [59_999, "59s"],
    [60_000, "1m"],
    [3_600_000, "1h"],
    [86_400_000 * 400, "400d"],
    [-5, "0s"],
  ])("%i ms ago are %s", (ms, text) => {
    expect(age(ms)).toBe(text);
  });

  it("a countdown counts a started second whole", () => {
    expect([
      countdown(17_000),
      countdown(16_001),
      countdown(1),
      countdown(0),
      countdown(-3),
      countdown(125_000),
    ]).toEqual(["17s", "17s", "1s", "0s", "0s", "2:05"]);
    expect(secondsLeft(4001)).toBe(5);
  });

  it("details are in UTC", () => {
    expect(utcTime(Date.UTC(2026, 0, 1, 12, 4, 33, 250))).toBe("2026-01-01 12:04:33.250 UTC");
  });
});

describe("bars", () => {
  it.each([
    [0, "", "░░░░"],
    [0.5, "██", "░░"],
    [1, "████", ""],
    [7, "████", ""],
    [-1, "", "░░░░"],
    [Number.NaN, "", "░░░░"],
  ])("%d fills as much of it", (fraction, full, rest) => {
    expect(bar(fraction, 4)).toEqual({ full, rest });
  });

  it("a sparkline goes from its own lowest to its own highest", () => {
    expect(sparkline([60, 70, 80])).toBe("▁▅█");
    expect(sparkline([70, 70])).toBe("▄▄");
    expect(sparkline([])).toBe("");
  });
});

describe("identifiers", () => {
  it("show their beginning and end, or their beginning", () => {
    expect(shortHex("3f9a00000000c21e")).toBe("3f9a…c21e");
    expect(shortHex("3f9ac21e")).toBe("3f9ac21e");
    expect(hashHead("9e3779b1aaaa")).toBe("9e3779b1");
  });
});
