/** Commands inside of an overlay: a block's detail, its recomputation, a validator, the help, the question before quitting. */

import { detailFields } from "../chain/detail-fields.ts";
import type { CommandId } from "../keys/binding.ts";
import { overlayLines } from "../overlays/overlay-lines.ts";
import { openBlock, runCommand, selectedBlock } from "./commands.ts";
import { type Context, overlaySpace } from "./context.ts";
import { isMovement, scroll } from "./scroll.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

export function runOverlayCommand(command: CommandId, ui: UiState, context: Context): Step {
  const { mode } = ui;
  if (command === "back") return step({ ...ui, note: null, mode: { kind: "main" } });
  if (mode.kind === "quit") return command === "quit" ? step(ui, { type: "exit", code: 0 }) : step(ui);
  if ((mode.kind === "help" || mode.kind === "validator") && isMovement(command)) {
    const { width, height } = overlaySpace(ui, context);
    const { below } = overlayLines({ ...context, ui: { ...ui, mode: { ...mode, top: 0 } } }, width, height);
    const top = scroll(mode.top, command, Math.max(1, height - 1), below);
    return step({ ...ui, note: null, mode: { ...mode, top } });
  }
  if (mode.kind === "block" || mode.kind === "verify") {
    if (command === "parent" || command === "child") {
      return openBlock(ui, selectedBlock(ui, context) + (command === "child" ? 1 : -1), mode.kind, context);
    }
    if (command === "verify") return openBlock(ui, mode.index, "verify", context);
    if (isMovement(command)) {
      const selected = scroll(mode.selected, command, 5, lastField(ui, mode.kind, context));
      return step({ ...ui, note: null, mode: { ...mode, selected } });
    }
  }
  return isMovement(command) ? step(ui) : runCommand(command, ui, context);
}

/** Place of the last field; unknown while the block is on its way, so that a key pressed meanwhile is not lost. */
function lastField({ openBlock }: UiState, kind: "block" | "verify", { session }: Context): number {
  if (openBlock?.status !== "read") return Number.MAX_SAFE_INTEGER;
  return Math.max(0, detailFields(kind, openBlock, session).length - 1);
}
