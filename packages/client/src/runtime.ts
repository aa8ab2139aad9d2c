/** What the client takes from the world around it besides the network and the disk, injected so that tests hold the clock. */

import { letHeapGrow } from "./heap.ts";

/** Ends a scheduled call that has not happened yet. */
export type Cancel = () => void;

export interface Runtime {
  /** The machine's own clock, milliseconds since 1970. May be wrong and may jump. */
  readonly nowMs: () => number;
  /** Milliseconds since any fixed moment; never jumps. Intervals are measured with it. */
  readonly monotonicMs: () => number;
  readonly schedule: (delayMs: number, action: () => void) => Cancel;
  /** From 0 up to, but not, 1. */
  readonly random: () => number;
  /** Lets everything else that waits have its turn. */
  readonly giveWay: () => Promise<void>;
  /** For the time of a task that makes much garbage: memory for speed. Returns what ends it. */
  readonly letHeapGrow: () => () => void;
}

export const systemRuntime: Runtime = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  schedule: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  giveWay: () => new Promise((resolve) => setImmediate(resolve)),
  letHeapGrow,
};
