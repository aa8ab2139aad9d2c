import type { SessionState } from "../../session/session.ts";
import type { PaneId } from "../layout/layout.ts";
import { shownSession, showsHint } from "../state/context.ts";
import { useScreen } from "../store/use-screen.ts";

/** A part of what lists show: of the session, or of what stood there when the reader paused. */
export function useShown<T>(select: (session: SessionState) => T): T {
  return useScreen(({ ui, session }) => select(shownSession(ui, session)));
}

export function useIsFocused(pane: PaneId): boolean {
  return useScreen(
    ({ ui }) => ui.hasPaneFocus && ui.pane === pane && (ui.mode.kind === "main" || ui.mode.kind === "filter"),
  );
}

export function useHasHint(innerHeight: number): boolean {
  return useScreen(({ ui }) => showsHint(ui, innerHeight));
}
