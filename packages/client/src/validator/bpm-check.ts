import type { Genesis } from "pos-shared/model/genesis.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";

/** What is wrong with a BPM before it is signed: no whole number, or out of the network's range. */
export function findBpmFault({ bpmMin, bpmMax }: Genesis, bpm: number): ErrorFacts | undefined {
  const expected = `${bpmMin} to ${bpmMax}`;
  if (!Number.isInteger(bpm)) {
    return { code: "MALFORMED", path: "bpm", expected: `a whole number from ${expected}`, actual: String(bpm) };
  }
  return bpm < bpmMin || bpm > bpmMax ? { code: "BPM_OUT_OF_RANGE", expected, actual: bpm } : undefined;
}
