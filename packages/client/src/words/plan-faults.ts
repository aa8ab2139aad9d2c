import type { PlanFault } from "../validator/bpm-check.ts";

/** What was asked for beside what the network takes. */
export function planSentenceOf({ option, expected, actual }: PlanFault): string {
  return `This network takes BPMs from ${expected}, and --${option} asks for ${actual}.`;
}
