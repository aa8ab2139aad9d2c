import { clean } from "../../words/clean.ts";
import type { CommandId } from "../keys/binding.ts";
import type { KeyPress } from "../keys/key-press.ts";
import { clearFilter } from "./commands.ts";
import type { Context } from "./context.ts";
import { moveInPane } from "./movement.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

const LONGEST_FILTER = 64;

/** Keys while a filter is typed: the list follows each of them. Enter keeps it, Esc clears it. */
export function runFilterKey(ui: UiState, command: CommandId | undefined, key: KeyPress, context: Context): Step {
  if (ui.mode.kind !== "filter") return step(ui);
  const { pane } = ui.mode;
  const text = ui.filters[pane];
  if (command === "accept") return step({ ...ui, mode: { kind: "main" } });
  if (command === "back") return step({ ...clearFilter(ui, pane), mode: { kind: "main" } });
  if (command === "erase") return step(withFilter(ui, [...text].slice(0, -1).join("")));
  if (key.isPrintable) return step(withFilter(ui, (text + clean(key.name)).slice(0, LONGEST_FILTER)));
  const movement = MOVEMENTS[key.name];
  return movement === undefined ? step(ui) : moveInPane(ui, movement, context);
}

const MOVEMENTS: Readonly<Record<string, "down" | "up" | "pageDown" | "pageUp">> = {
  Down: "down",
  Up: "up",
  PgDn: "pageDown",
  PgUp: "pageUp",
};

/** Sets a filter; the list begins again at its first row. */
function withFilter(ui: UiState, text: string): UiState {
  if (ui.mode.kind !== "filter") return ui;
  const { pane } = ui.mode;
  const filtered: UiState = { ...ui, filters: { ...ui.filters, [pane]: text } };
  if (pane === "chain") return { ...filtered, chain: null };
  return { ...filtered, lists: { ...ui.lists, [pane]: { key: null, line: 0 } } };
}
