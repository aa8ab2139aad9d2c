import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { temporaryHome } from "./temporary-home.ts";

const PRELOAD = pathToFileURL(join(import.meta.dirname, "shifted-clock.mjs")).href;

/** The wall clock of a program, which can be set while it runs. */
export interface ShiftedClock {
  readonly env: Readonly<Record<string, string>>;
  /** Sets it so many milliseconds away from this machine's. */
  readonly set: (shiftMs: number) => void;
}

export function shiftedClock(shiftMs = 0): ShiftedClock {
  const file = join(temporaryHome(), "clock");
  const set = (ms: number) => writeFileSync(file, String(ms));
  set(shiftMs);
  return { env: { NODE_OPTIONS: `--import=${PRELOAD}`, POS_TEST_CLOCK_FILE: file }, set };
}
