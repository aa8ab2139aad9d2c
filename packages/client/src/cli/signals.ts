import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first signal that asks the program to end, and the second; by their numbers. */
export function whenSignalled(): { readonly caught: Promise<number>; readonly again: Promise<number> } {
  const first = Promise.withResolvers<number>();
  const second = Promise.withResolvers<number>();
  let isCaught = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const { resolve } = isCaught ? second : first;
      isCaught = true;
      resolve(constants.signals[signal]);
    });
  }
  return { caught: first.promise, again: second.promise };
}
