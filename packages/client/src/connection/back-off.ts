const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/**
 * How long to wait before a try to connect: doubles from 0.25 s to 15 s, half of it by chance, so that a class that
 * lost its hub does not come back all at once.
 *
 * @param failures how many tries in a row failed before, from 1
 * @param random from 0 up to 1
 */
export function backOffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(full * (0.5 + random / 2));
}
