import type { Line } from "../format/line.ts";
import type { ScreenState } from "../store/screen-store.ts";
import { detailLines } from "./detail-lines.ts";
import { helpLines } from "./help-lines.ts";
import { paletteLines } from "./palette-lines.ts";
import { stakingLines } from "./staking-lines.ts";
import { validatorDetailLines } from "./validator-lines.ts";

/** The lines of whatever is open, in `width` × `height` cells. */
export function overlayLines(
  { ui, session, isSpectator }: ScreenState,
  width: number,
  height: number,
): readonly Line[] {
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
      return validatorDetailLines({ publicKey: mode.publicKey, session });
    case "palette":
      return paletteLines({ text: mode.text, selected: mode.selected, isSpectator, width, height });
    case "help":
      return helpLines({ top: mode.top, isSpectator, height });
    case "staking":
      return stakingLines({ form: mode.form, session, width, height });
    case "quit":
    case "main":
    case "filter":
      return [];
  }
}
