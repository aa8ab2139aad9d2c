/** Figures of ours and of the baseline, as many of each. */
export interface Figures {
  readonly ours: number[];
  readonly baseline: number[];
}

/**
 * Takes turns, ours, baseline, ours, baseline …, so that whatever else the machine does falls on both. One turn of each
 * goes first and counts for nothing: code is compiled and caches are filled then.
 */
export async function interleave(
  repetitions: number,
  ours: () => number | Promise<number>,
  baseline: () => number | Promise<number>,
): Promise<Figures> {
  const figures: Figures = { ours: [], baseline: [] };
  for (let i = -1; i < repetitions; i++) {
    const [one, other] = [await ours(), await baseline()];
    if (i < 0) continue;
    figures.ours.push(one);
    figures.baseline.push(other);
  }
  return figures;
}

/** The same where there is nothing to take turns with. */
export async function repeat(repetitions: number, measure: () => number | Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  await measure();
  for (let i = 0; i < repetitions; i++) figures.push(await measure());
  return figures;
}
