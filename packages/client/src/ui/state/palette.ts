import { THEMES } from "../../config/client-config.ts";
import { clean } from "../../words/clean.ts";
import type { Binding, CommandId } from "../keys/binding.ts";
import { bindingsOf } from "../keys/bindings.ts";
import type { KeyPress } from "../keys/key-press.ts";
import { hasPanes } from "../layout/layout.ts";
import { listValidators } from "../lists/validators.ts";
import { words } from "../words.ts";
import { focusPane, openBlock, runCommand } from "./commands.ts";
import { type Context, shownSession } from "./context.ts";
import { selectBlock, withPosition } from "./movement.ts";
import { noRoom } from "./no-room.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

const LONGEST_COMMAND = 64;

export interface PaletteEntry {
  readonly name: string;
  readonly keys: string;
  readonly help: string;
  readonly binding: Binding | null;
}

/** Commands with an argument, which have no key. */
const WITH_ARGUMENT: readonly PaletteEntry[] = [
  { name: "1203", keys: "", help: words.palette.goto, binding: null },
  { name: "peer", keys: "", help: words.palette.peer, binding: null },
  { name: "filter", keys: "/", help: words.palette.filter, binding: null },
];

/** The commands whose name begins with what is typed, then those that contain it. */
export function paletteEntries(text: string, isSpectator: boolean): readonly PaletteEntry[] {
  const [word = ""] = text.trim().toLowerCase().split(/\s+/);
  const named = bindingsOf("main", isSpectator).flatMap((binding): PaletteEntry[] =>
    binding.name === undefined
      ? []
      : [{ name: binding.name, keys: binding.keys.join(" "), help: binding.help, binding }],
  );
  const all = [...named, ...WITH_ARGUMENT].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (/^\d+$/.test(word)) return WITH_ARGUMENT.slice(0, 1);
  const first = all.filter(({ name }) => name.startsWith(word));
  return [...first, ...all.filter(({ name, help }) => !name.startsWith(word) && `${name} ${help}`.includes(word))];
}

export function runPaletteKey(ui: UiState, command: CommandId | undefined, key: KeyPress, context: Context): Step {
  if (ui.mode.kind !== "palette") return step(ui);
  const { text, selected } = ui.mode;
  const entries = paletteEntries(text, context.isSpectator);
  const to = (next: string, place = 0): Step =>
    step({ ...ui, note: null, mode: { kind: "palette", text: next, selected: place } });
  switch (command) {
    case "back":
      return step({ ...ui, mode: { kind: "main" } });
    case "erase":
      return text === "" ? step({ ...ui, mode: { kind: "main" } }) : to([...text].slice(0, -1).join(""));
    case "down":
      return to(text, Math.min(Math.max(0, entries.length - 1), selected + 1));
    case "up":
      return to(text, Math.max(0, selected - 1));
    case "complete":
      return to(`${entries[selected]?.name ?? text} `.replace(/^1203 $/, text));
    case "accept":
      return runTyped(ui, text, entries[selected], context);
    default:
      return key.isPrintable ? to((text + clean(key.name)).slice(0, LONGEST_COMMAND)) : step(ui);
  }
}

/** Runs what was typed: an index, a command with its argument, or the command that is selected in the list. */
function runTyped(open: UiState, text: string, selected: PaletteEntry | undefined, context: Context): Step {
  const ui: UiState = { ...open, mode: { kind: "main" }, note: null };
  const [word = "", ...rest] = text.trim().split(/\s+/);
  const argument = rest.join(" ");
  if (/^#?\d+$/.test(word)) return goTo(ui, Number(word.replace("#", "")), context);
  if (word === "peer") return peer(ui, argument, context);
  if (word === "filter")
    return noRoom(ui, context) ?? step({ ...focusPane(ui, ui.pane), filters: { ...ui.filters, [ui.pane]: argument } });
  const theme = THEMES.find((each) => each === argument);
  if (word === "theme" && theme !== undefined)
    return step({ ...ui, theme, note: { text: words.themeIs(theme), tone: "muted" } });
  if (word === "") return step(ui);
  const binding = selected?.binding ?? null;
  if (binding === null) return step({ ...ui, note: { text: words.palette.unknown(word), tone: "warn" } });
  return runCommand(binding.command, ui, context);
}

/** `:1203` selects that block in the chain; where the chain is not seen it opens it. */
function goTo(ui: UiState, index: number, context: Context): Step {
  const { tip } = shownSession(ui, context.session);
  if (index > tip.index)
    return step({ ...ui, note: { text: words.detail.noBlock(index), tone: "warn", isAboutTip: true } });
  if (!hasPanes(context.size))
    return index === 0
      ? step({ ...ui, note: { text: words.noRoom, tone: "muted" } })
      : openBlock(ui, index, "block", context);
  const unfiltered: UiState = { ...focusPane(ui, "chain"), filters: { ...ui.filters, chain: "" } };
  // From nowhere: the block stands on the first line.
  return selectBlock(
    { ...unfiltered, chain: { selected: index, top: index, tipThen: ui.chain?.tipThen ?? tip.index } },
    index,
    context,
  );
}

/** `:peer bob` selects that validator; where the validators are not seen it opens it. */
function peer(ui: UiState, name: string, context: Context): Step {
  const unfiltered: UiState = { ...focusPane(ui, "validators"), filters: { ...ui.filters, validators: "" } };
  const { validators } = shownSession(ui, context.session);
  const [found] = name === "" ? [] : listValidators(validators, ui.sort, name);
  const exact = validators.find((each) => each.name === name) ?? found;
  if (exact === undefined) return step({ ...ui, note: { text: words.palette.noPeer(name), tone: "warn" } });
  if (!hasPanes(context.size)) return step({ ...ui, mode: { kind: "validator", publicKey: exact.publicKey, top: 0 } });
  return step(withPosition(unfiltered, "validators", { key: exact.publicKey, line: 0 }));
}
