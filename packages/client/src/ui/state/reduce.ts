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
import { scopeOf, takesBpm } from "./scope.ts";
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
    default:
      return reduceScreenKey(ui, scope, key, context);
  }
}

/** What a number may begin with; a sign or a point goes into the field to be refused there, not to vanish. */
const STARTS_ENTRY = /^[\d.,−-]$/;

/** Digits start a BPM from anywhere; as long as the field is not empty, every printable key belongs to it. */
function reduceScreenKey(ui: UiState, scope: Scope, key: KeyPress, context: Context): Step {
  const isEntry = scope === "entry";
  const isForBpm = !context.isSpectator && takesBpm(ui);
  if (isForBpm && key.isPrintable && (isEntry || STARTS_ENTRY.test(key.name)))
    return typeIntoEntry(ui, key.name, context);
  // Keys that the field has no use for, as arrows and pages, go on to what stands below it.
  const inEntry = isEntry ? findBinding("entry", key.name) : undefined;
  if (inEntry !== undefined) return runCommand(inEntry.command, ui, context);
  const binding = findBinding(ui.mode.kind, key.name);
  if (binding === undefined || (context.isSpectator && binding.needsIdentity === true)) return step(ui);
  return ui.mode.kind === "main"
    ? runCommand(binding.command, ui, context)
    : runOverlayCommand(binding.command, ui, context);
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
    case "quit":
      return step(ui);
    default:
      return context.isSpectator ? step(ui) : typeIntoEntry(ui, text, context);
  }
}
