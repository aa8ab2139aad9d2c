import type { Movement } from "../lists/position.ts";
import { bannerIn, type Context } from "./context.ts";
import { scroll } from "./scroll.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

/** Moves in an alarm or a question that is longer than its place; null where it is not, and the keys are for the panes. */
export function moveInBanner(ui: UiState, movement: Movement, context: Context): Step | null {
  const shown = bannerIn(ui, context);
  if (shown === null || shown.banner.id === null) return null;
  const { room, above, below } = shown.seen;
  if (above + below === 0) return null;
  const top = scroll(above, movement, Math.max(1, room - 1), above + below);
  return step({ ...ui, note: null, bannerScroll: { id: shown.banner.id, top } });
}
