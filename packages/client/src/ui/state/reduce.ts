/** The screen as a state machine: an action gives the next state, and effects in the order in which to perform them. Pure. */
import type { Scope } from "../keys/binding.ts";
import { findBinding } from "../keys/bindings.ts";
import type { KeyPress } from "../keys/key-press.ts";
import type { Action } from "./actions.ts";
import { runCommand } from "./commands.ts";
import type { Context } from "./context.ts";
import { typeIntoEntry } from "./entry.ts";
import { runFilterKey } from "./filter.ts";
import { runOverlayCommand } from "./overlays.ts";
import { runPaletteKey } from "./palette.ts";
import { react } from "./reactions.ts";
import { runStakingKey } from "./staking.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

export function reduce(ui: UiState, action: Action, context: Context): Step {
  switch (action.type) {
    case "key":
      return reduceKey(ui, action.key, context);
    case "paste":
      return reducePaste(ui, action.text, context);
    default:
      return react(ui, action, context);
  }
}

/** Where keys have their meaning just now. */
export function scopeOf(ui: UiState): Scope {
  if (ui.mode.kind !== "main") return ui.mode.kind;
  return ui.entry === "" ? "main" : "entry";
}

function reduceKey(ui: UiState, key: KeyPress, context: Context): Step {
  const scope = scopeOf(ui);
  const binding = findBinding(scope, key.name);
  if (binding?.command === "interrupt" || binding?.command === "suspend")
    return runCommand(binding.command, ui, context);
  switch (scope) {
    case "filter":
      return runFilterKey(ui, binding?.command, key, context);
    case "palette":
      return runPaletteKey(ui, binding?.command, key, context);
    case "staking":
      return runStakingKey(ui, binding?.command, key, context);
    case "main":
    case "entry":
      return reduceMainKey(ui, key, context);
    default:
      return binding === undefined ? step(ui) : runOverlayCommand(binding.command, ui, context);
  }
}

/** Digits start a BPM from anywhere; as long as the field is not empty, every printable key belongs to it. */
function reduceMainKey(ui: UiState, key: KeyPress, context: Context): Step {
  const isEntry = ui.entry !== "";
  if (!context.isSpectator && key.isPrintable && (isEntry || /^\d$/.test(key.name))) {
    return typeIntoEntry(ui, key.name, context);
  }
  const binding =
    findBinding(isEntry ? "entry" : "main", key.name) ?? (isEntry ? findBinding("main", key.name) : undefined);
  if (binding === undefined || (context.isSpectator && binding.needsIdentity === true)) return step(ui);
  return runCommand(binding.command, ui, context);
}

function reducePaste(ui: UiState, text: string, context: Context): Step {
  const key: KeyPress = { name: text, isPrintable: true };
  switch (scopeOf(ui)) {
    case "filter":
      return runFilterKey(ui, undefined, key, context);
    case "palette":
      return runPaletteKey(ui, undefined, key, context);
    case "staking":
      return runStakingKey(ui, undefined, key, context);
    case "main":
    case "entry":
      return context.isSpectator ? step(ui) : typeIntoEntry(ui, text, context);
    default:
      return step(ui);
  }
}
