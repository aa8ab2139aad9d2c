import type { Goal, Line, Unit } from "./line.ts";
import { summarize } from "./line.ts";

export const HEADER = "what | size | ours | baseline | ratio | goal | met";

/** A line as text; without a verdict where sizes are too small for one. */
export function textOf(line: Line, hasVerdict: boolean): string {
  const { ours, baseline, ratio, met } = summarize(line);
  const spread = ratio === null ? "" : ` (${shortOf(ratio.lowest)}–${shortOf(ratio.highest)})`;
  return [
    line.what,
    line.size,
    figure(ours, line.unit),
    baseline === null ? "–" : figure(baseline, line.unit),
    ratio === null ? "–" : `${shortOf(ratio.median)}${spread}`,
    line.goal === null ? "–" : textOfGoal(line.goal, line.unit),
    hasVerdict ? met : "–",
  ].join(" | ");
}

/** A line as an object for `--json`: the figures of each repetition too. */
export function jsonOf(line: Line, hasVerdict: boolean): string {
  const { ours, baseline, ratio, met } = summarize(line);
  const { what, size, unit, goal } = line;
  const text = goal === null ? null : textOfGoal(goal, unit);
  const repetitions = { ours: line.ours, baseline: line.baseline };
  return JSON.stringify({
    what,
    size,
    unit,
    ours,
    baseline,
    ratio,
    goal: text,
    met: hasVerdict && goal !== null ? met === "yes" : null,
    repetitions,
  });
}

function textOfGoal({ of, is, value }: Goal, unit: Unit): string {
  const sign = { "at most": "≤", below: "<", "at least": "≥" }[is];
  return `${sign} ${of === "ratio" ? shortOf(value) : figure(value, unit)}`;
}

function figure(value: number, unit: Unit): string {
  if (unit === "exponent") return `n^${value.toFixed(2)}`;
  if (unit === "%") return `${shortOf(value)} %`;
  if (unit === "1/s") return `${shortOf(value)}/s`;
  return `${shortOf(value)} ${unit}`;
}

/** Three digits that count, thousands set apart. */
function shortOf(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value.toLocaleString("en-US", value >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
