import type { SessionState } from "../../session/session.ts";
import type { UiState } from "../state/ui-state.ts";
import { detailLines } from "./detail-lines.ts";
import { helpLines } from "./help-lines.ts";
import { paletteLines } from "./palette-lines.ts";
import { type Scrolled, scrolled } from "./scrolled.ts";
import { stakingLines } from "./staking-lines.ts";
import { validatorDetailLines } from "./validator-lines.ts";

export interface OverlayState {
  readonly ui: Pick<UiState, "mode" | "openBlock">;
  readonly session: SessionState;
  readonly isSpectator: boolean;
}

/** The lines of whatever is open, as many as fit into `width` × `height` cells. */
export function overlayLines({ ui, session, isSpectator }: OverlayState, width: number, height: number): Scrolled {
  const { mode } = ui;
  switch (mode.kind) {
    case "block":
    case "verify":
      return detailLines({
        kind: mode.kind,
        open: ui.openBlock,
        session,
        selected: mode.selected,
        width,
        height,
      });
    case "validator":
      return scrolled(validatorDetailLines({ publicKey: mode.publicKey, session, width }), mode.top, height);
    case "palette":
      return paletteLines({ text: mode.text, selected: mode.selected, isSpectator, width, height });
    case "help":
      return helpLines({ top: mode.top, isSpectator, width, height });
    case "staking":
      return scrolled(stakingLines({ form: mode.form, session, width, height }), 0, height);
    case "quit":
    case "main":
    case "filter":
      return scrolled([], 0, height);
  }
}
