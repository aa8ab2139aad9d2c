import type { RoundInput } from "./round-machine.ts";
import { applyInput, nextWakeMs } from "./round-machine.ts";
import type { RoundParams, RoundState, Step } from "./round-state.ts";

/** What drives a sequencer. The honest one is the only one that a network should run. */
export interface RoundMachine {
  /** Takes one input; see `applyInput`. */
  readonly apply: (params: RoundParams, state: RoundState, input: RoundInput, nowMs: number) => Step;
  /** When it has to be ticked next, in milliseconds since 1970; undefined while it is idle. */
  readonly nextWakeMs: (state: RoundState) => number | undefined;
}

export const honestMachine: RoundMachine = { apply: applyInput, nextWakeMs };
