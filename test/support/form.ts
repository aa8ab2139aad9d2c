/** Long tests have a short form, which `npm test` runs, and a long one: `npm run test:faults`, `fuzz`, `test:soak`. */
import { appendFileSync } from "node:fs";

export const isLong = process.env.POS_TEST_LONG === "1";

/** How many of something this form of a test tries. */
export function tries(short: number, long: number): number {
  return isLong ? long : short;
}

/** A figure to be printed at the end of the command that runs the tests. */
export function figure(line: string): void {
  const { POS_TEST_FIGURES: file } = process.env;
  if (file === undefined) process.stdout.write(`${line}\n`);
  else appendFileSync(file, `${line}\n`);
}

/** The p-th percentile of some numbers. */
export function percentile(numbers: readonly number[], p: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;
}
