/** One line of the table: what was measured, and against what. */

/** How a number is written. */
export type Unit = "µs" | "ms" | "s" | "1/s" | "bytes" | "bytes/s" | "kB" | "MB" | "%" | "sockets" | "exponent";

/** What a line has to reach: the ratio of ours to the baseline, or ours itself. */
export interface Goal {
  readonly of: "ratio" | "ours";
  readonly is: "at most" | "at least" | "below";
  readonly value: number;
}

export interface Line {
  /** As in PERFORMANCE.md where the line has a goal. */
  readonly what: string;
  readonly size: string;
  readonly unit: Unit;
  /** One figure a repetition. */
  readonly ours: readonly number[];
  /** As many, each timed beside ours; null where there is nothing to compare with. */
  readonly baseline: readonly number[] | null;
  /** Null: the figure is shown and judged by nobody. */
  readonly goal: Goal | null;
}

export type Met = "yes" | "NO" | "–";

/** The figures of a line, put together. */
export interface Summary {
  readonly ours: number;
  readonly baseline: number | null;
  /** Median of the repetitions' own ratios, with the lowest and the highest. */
  readonly ratio: { readonly median: number; readonly lowest: number; readonly highest: number } | null;
  readonly met: Met;
}

export function summarize({ ours, baseline, goal }: Line): Summary {
  const middle = medianOf(ours);
  const ratios = baseline === null ? [] : ours.map((figure, i) => figure / (baseline[i] ?? Number.NaN));
  const ratio =
    ratios.length === 0
      ? null
      : { median: medianOf(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
  return { ours: middle, baseline: baseline === null ? null : medianOf(baseline), ratio, met: judge() };

  function judge(): Met {
    if (goal === null) return "–";
    const figure = goal.of === "ours" ? middle : ratio?.median;
    if (figure === undefined) throw new Error("a goal for a ratio without a baseline");
    return reaches(figure, goal) ? "yes" : "NO";
  }
}

function reaches(figure: number, { is, value }: Goal): boolean {
  switch (is) {
    case "at most":
      return figure <= value;
    case "below":
      return figure < value;
    case "at least":
      return figure >= value;
  }
}

function medianOf(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error("nothing was measured");
  return (low + high) / 2;
}

/** The figure that `percent` of all do not pass. */
export function percentileOf(figures: readonly number[], percent: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)];
  if (found === undefined) throw new Error("nothing was measured");
  return found;
}
