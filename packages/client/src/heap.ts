/** How large V8's heap may grow: those of its options that a program can set for itself, while it runs. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** 0: V8's own choice, by what collecting takes. */
const USUAL_PERCENT = 0;
const LARGE_PERCENT = 400;
let isKeptSmall = false;

/**
 * Keeps the heap of a screen small, where V8 would rather take memory than time. Its space for young objects stays as large
 * as it has become by now, some 8 MB; a screen makes so many short-lived objects that it would grow to 64 MB, for the whole
 * life of the program. And old objects are cleared away after 2 MB of new ones instead of 8, and moved together. Before 1,000
 * validators, five minutes of keys: 119 MB of memory in place of 135, for a third more of CPU time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  isKeptSmall = true;
  favourSize(true);
}

/**
 * Lets garbage pile up for the time of a task that makes much of it, and clears it away when the returned function is called.
 * Pages of blocks are a megabyte each, in memory that V8 counts: it would look through its whole heap after every fifteenth
 * of them, which took a third of the time in which a client checks links.
 */
export function letHeapGrow(): () => void {
  favourSize(false);
  setGrowth(LARGE_PERCENT);
  return () => {
    favourSize(isKeptSmall);
    setGrowth(USUAL_PERCENT);
    collectGarbage();
  };
}

function favourSize(isWanted: boolean): void {
  setFlagsFromString(isWanted ? "--optimize-for-size" : "--no-optimize-for-size");
}

function setGrowth(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

/** The new limit holds from the next collection on. A context that is made after this option has the function that collects. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: (how: { readonly type: "major" }) => void = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  collect({ type: "major" });
}
