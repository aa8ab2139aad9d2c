import { createHash, randomInt } from "node:crypto";

/** A whole number from 0 to n − 1. */
export type Chance = (n: number) => number;

const LARGEST_SEED = 2 ** 47;

/**
 * What a cheating hub leaves to chance. With a seed it does the same every time, so that a lesson or a test can be
 * repeated; whose keys win is still for the lottery to say.
 */
export function chanceOf(seed: number = randomInt(LARGEST_SEED)): Chance {
  let drawn = 0;
  return (n) => {
    if (n <= 1) return 0;
    const digest = createHash("sha256").update(`${seed} ${++drawn}`).digest();
    return digest.readUIntBE(0, 6) % n;
  };
}
