/** A bar of `width` columns, filled to a fraction of 0 to 1. */
export function bar(fraction: number, width: number): { readonly full: string; readonly rest: string } {
  const inside = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
  const filled = Math.round(inside * Math.max(0, width));
  return { full: "█".repeat(filled), rest: "░".repeat(Math.max(0, width) - filled) };
}

const LEVELS = "▁▂▃▄▅▆▇█";

/** Values as a line of little columns between their own lowest and highest. */
export function sparkline(values: readonly number[]): string {
  if (values.length === 0) return "";
  const low = Math.min(...values);
  const high = Math.max(...values);
  const top = LEVELS.length - 1;
  return values
    .map(
      (value) => LEVELS[high === low ? Math.floor(top / 2) : Math.round(((value - low) / (high - low)) * top)] ?? " ",
    )
    .join("");
}
