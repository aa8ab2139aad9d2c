/** Tests of fit. Each has one verdict for given numbers: with a fixed seed it never flakes. */

/** Pearson's χ² of counts against expected shares. */
export function chiSquared(counts: readonly number[], shares: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return counts.reduce((sum, count, i) => {
    const expected = (n * (shares[i] ?? 0)) / total;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

/** Pearson's χ² that two rows of counts, of as many cases each, come from one distribution. */
export function chiSquaredOfTwo(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, count, i) => {
    const other = b[i] ?? 0;
    return sum + (count - other) ** 2 / (count + other);
  }, 0);
}

/** The largest distance between the distributions of two samples (Kolmogorov and Smirnov). */
export function largestDistance(first: readonly number[], second: readonly number[]): number {
  const a = [...first].sort((x, y) => x - y);
  const b = [...second].sort((x, y) => x - y);
  let largest = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if ((a[i] ?? 0) <= (b[j] ?? 0)) i++;
    else j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Above this, the distance of two samples of n each has a chance of 1 in 1,000 if they come from one distribution. */
export function criticalDistance(n: number): number {
  return 1.949 * Math.sqrt(2 / n);
}

/** χ² above which the fit has a chance of 1 in 1,000, by degrees of freedom. */
export const CRITICAL_CHI_SQUARED: Readonly<Record<number, number>> = { 1: 10.828, 4: 18.467 };
