import type { Effect } from "./effects.ts";
import type { UiState } from "./ui-state.ts";

/** What came of an action: the next state, and what is to be done outside in this order. */
export interface Step {
  readonly ui: UiState;
  readonly effects: readonly Effect[];
}

export function step(ui: UiState, ...effects: readonly Effect[]): Step {
  return { ui, effects };
}
