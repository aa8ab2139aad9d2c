import type { Scope } from "../keys/binding.ts";
import type { UiState } from "./ui-state.ts";

/** Where nothing else is typed, digits are a BPM. */
const TAKES_BPM: ReadonlySet<UiState["mode"]["kind"]> = new Set(["main", "block", "verify", "validator", "help"]);

export function takesBpm({ mode }: Pick<UiState, "mode">): boolean {
  return TAKES_BPM.has(mode.kind);
}

/** Where keys have their meaning just now. */
export function scopeOf({ mode, entry }: Pick<UiState, "mode" | "entry">): Scope {
  return entry !== "" && takesBpm({ mode }) ? "entry" : mode.kind;
}
