import type { Movement } from "../lists/position.ts";
import { bannerIn, type Context } from "./context.ts";
import { scroll } from "./scroll.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

/** Moves in an alarm or a question that is longer than its place; null where it is not, and the keys are for the panes. */
export function moveInBanner(ui: UiState, movement: Movement, context: Context): Step | null {
  const shown = bannerIn(ui, context);
  if (shown === null || shown.banner.id === null || shown.seen.above + shown.seen.below === 0) return null;
  // The note goes, so that there may be more room than there was.
  const moved: UiState = { ...ui, note: null };
  const { room, above, below } = bannerIn(moved, context)?.seen ?? shown.seen;
  const top = scroll(above, movement, Math.max(1, room - 1), above + below);
  return step({ ...moved, bannerScroll: { id: shown.banner.id, top } });
}
