import type { Genesis } from "pos-shared/model/genesis.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { BpmPlan } from "../config/client-config.ts";

/** What is wrong with a BPM before it is signed: no whole number, or out of the network's range. */
export function findBpmFault({ bpmMin, bpmMax }: Genesis, bpm: number): ErrorFacts | undefined {
  const expected = `${bpmMin} to ${bpmMax}`;
  if (!Number.isInteger(bpm)) {
    return { code: "MALFORMED", path: "bpm", expected: `a whole number from ${expected}`, actual: String(bpm) };
  }
  return bpm < bpmMin || bpm > bpmMax ? { code: "BPM_OUT_OF_RANGE", expected, actual: bpm } : undefined;
}

/** A plan that the network would refuse, in some round or in all. */
export interface PlanFault {
  readonly option: "bpm" | "auto-bpm";
  /** As in `30 to 220`. */
  readonly expected: string;
  readonly actual: string;
}

/** What is wrong with the BPMs that somebody asked for at the start, once the network is known. */
export function findPlanFault({ bpmMin, bpmMax }: Genesis, plan: BpmPlan): PlanFault | undefined {
  const expected = `${bpmMin} to ${bpmMax}`;
  if (plan.kind === "fixed") {
    const { bpm } = plan;
    return bpm < bpmMin || bpm > bpmMax ? { option: "bpm", expected, actual: `${bpm}` } : undefined;
  }
  if (plan.kind === "ask" || plan.range === null) return undefined;
  const { min, max } = plan.range;
  return min < bpmMin || max > bpmMax ? { option: "auto-bpm", expected, actual: `${min} to ${max}` } : undefined;
}
