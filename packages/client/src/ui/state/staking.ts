import type { CommandId } from "../keys/binding.ts";
import type { KeyPress } from "../keys/key-press.ts";
import type { Context } from "./context.ts";
import { checkForm, eraseInForm, moveField, type StakingForm, turnKind, typeIntoForm } from "./staking-form.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

/** Keys of the staking form. Enter asks once, Enter again sends; Esc leaves. */
export function runStakingKey(ui: UiState, command: CommandId | undefined, key: KeyPress, context: Context): Step {
  if (ui.mode.kind !== "staking") return step(ui);
  const { form } = ui.mode;
  switch (command) {
    case "back":
      return form.stage === "confirm"
        ? step(withForm(ui, { ...form, stage: "edit" }))
        : step({ ...ui, mode: { kind: "main" } });
    case "erase":
      return step(withForm(ui, eraseInForm(form)));
    case "left":
      return step(withForm(ui, turnKind(form, -1)));
    case "right":
      return step(withForm(ui, turnKind(form, 1)));
    case "down":
      return step(withForm(ui, moveField(form, 1)));
    case "up":
      return step(withForm(ui, moveField(form, -1)));
    case "accept":
      return submit(ui, form, context);
    default:
      return key.isPrintable ? step(withForm(ui, typeIntoForm(form, key.name))) : step(ui);
  }
}

export function withForm(ui: UiState, form: StakingForm): UiState {
  return { ...ui, mode: { kind: "staking", form } };
}

function submit(ui: UiState, form: StakingForm, { session }: Context): Step {
  if (form.stage === "sending") return step(ui);
  const checked = checkForm(form, session);
  if ("error" in checked) return step(withForm(ui, { ...form, error: checked.error, stage: "edit" }));
  if (form.stage === "edit") return step(withForm(ui, { ...form, error: null, stage: "confirm" }));
  return step(withForm(ui, { ...form, stage: "sending" }), checked.effect);
}
