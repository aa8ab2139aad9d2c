import { describe, expect, it } from "vitest";
import { shortScore, shortScores } from "../../../src/ui/format/scores.ts";

describe("a score in few columns", () => {
  it.each([
    ["0.003141", "0.00314"],
    ["0.000792", "0.000792"],
    ["0.000791837", "0.000792"],
    ["0.014298", "0.0143"],
    ["3.281004", "3.28"],
    ["0.999999", "1.000"],
    ["256.000000", "256"],
    ["1234.567890", "1235"],
    ["0.00000791837", "7.92e-6"],
    ["0.000000", "0"],
    ["0", "0"],
  ])("%s is shown as %s, three digits of it, rounded", (score, text) => {
    expect(shortScore(score)).toBe(text);
  });

  it("has more digits where the winner's and the next one would look alike", () => {
    expect(shortScores(["0.001712", "0.001744"])).toEqual(["0.00171", "0.00174"]);
    expect(shortScores(["0.001712", "0.001714", "0.1"])).toEqual(["0.001712", "0.001714", "0.1"]);
    expect(shortScores(["0.001712", "0.001712"])).toEqual(["0.00171", "0.00171"]);
    expect(shortScores([])).toEqual([]);
  });
});
