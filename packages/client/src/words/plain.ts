/** Small things that sentences are made of. */

/** An integer with its thousands apart: 1,000. */
export function grouped(integer: number): string {
  return String(integer).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 block`, `2 blocks`. */
export function counted(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}
