import { hasPanes } from "../layout/layout.ts";
import { words } from "../words.ts";
import type { Context } from "./context.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

/** What a key that works in a list does where no list is seen: it says so. Null where there are lists. */
export function noRoom(ui: UiState, { size }: Pick<Context, "size">): Step | null {
  return hasPanes(size) ? null : step({ ...ui, note: { text: words.noRoom, tone: "muted" } });
}
