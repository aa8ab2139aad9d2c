import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Program } from "./program.ts";
import { temporaryHome } from "./temporary-home.ts";

const PRELOAD = pathToFileURL(join(import.meta.dirname, "collecting.mjs")).href;
const LOOK_MS = 20;

/** What a program really holds: what is left when all garbage has been collected. */
export interface HeldMemory {
  /** For the program that is to tell it. */
  readonly env: Readonly<Record<string, string>>;
  /** Bytes in the heap and outside of it, of a program started with {@link env}. It stands still meanwhile, some 50 ms. */
  readonly read: (program: Program) => Promise<number>;
}

export function heldMemory(): HeldMemory {
  const file = join(temporaryHome(), "held");
  writeFileSync(file, "");
  const told = () => readFileSync(file, "utf8").split("\n").slice(0, -1).map(Number);
  return {
    env: { NODE_OPTIONS: `--expose-gc --import=${PRELOAD}`, POS_TEST_HELD_FILE: file },
    read: async (program) => {
      const before = told().length;
      program.child.kill("SIGUSR2");
      for (;;) {
        const bytes = told()[before];
        if (bytes !== undefined) return bytes;
        if (program.child.exitCode !== null) throw new Error("the program has ended and tells nothing");
        await wait(LOOK_MS);
      }
    },
  };
}
