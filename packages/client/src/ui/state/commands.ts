/** What each command does on the main screen. */
import { THEMES } from "../../config/client-config.ts";
import { newestOf } from "../chain/chain-window.ts";
import type { CommandId } from "../keys/binding.ts";
import { needsPanes } from "../keys/pane-keys.ts";
import { hasPanes, PANES, type PaneId } from "../layout/layout.ts";
import { listWindow, type Movement } from "../lists/position.ts";
import { noBlockText } from "../panels/nothing-shown.ts";
import { words } from "../words.ts";
import { moveInBanner } from "./banner-movement.ts";
import { type Context, chainSourceOf, shownSession } from "./context.ts";
import { copySelected } from "./copy.ts";
import { eraseInEntry, submitEntry } from "./entry.ts";
import { listKeys, moveInPane } from "./movement.ts";
import { noRoom } from "./no-room.ts";
import { questionOf } from "./questions.ts";
import { interrupt, quit } from "./quitting.ts";
import { isMovement } from "./scroll.ts";
import { whyShutOut } from "./shut-out.ts";
import { openStakingForm } from "./staking-form.ts";
import { type Step, step } from "./step.ts";
import { type UiState, VALIDATOR_SORTS } from "./ui-state.ts";

export function runCommand(command: CommandId, ui: UiState, context: Context): Step {
  if (isMovement(command)) return moveInBanner(ui, command, context) ?? moveInPane(ui, command, context);
  if (needsPanes(command)) return noRoom(ui, context) ?? runOther(command, ui, context);
  return runOther(command, ui, context);
}

function runOther(command: Exclude<CommandId, Movement>, ui: UiState, context: Context): Step {
  switch (command) {
    case "nextPane":
      return step(turnFocus(ui, 1));
    case "previousPane":
      return step(turnFocus(ui, -1));
    case "focusValidators":
      return step(focusPane(ui, "validators"));
    case "focusChain":
      return step(focusPane(ui, "chain"));
    case "focusProposals":
      return step(focusPane(ui, "proposals"));
    case "focusLog":
      return step(focusPane(ui, "log"));
    case "zoom":
      return step({ ...ui, isZoomed: !ui.isZoomed, hasPaneFocus: true });
    case "propose":
      return submitEntry(ui, context);
    case "erase":
      return eraseInEntry(ui, context);
    case "clearEntry":
      return step({ ...ui, entry: "", note: null });
    case "open":
      return openSelected(ui, context);
    case "parent":
      return openBlock(ui, selectedBlock(ui, context) - 1, "block", context);
    case "child":
      return openBlock(ui, selectedBlock(ui, context) + 1, "block", context);
    case "verify":
      return openBlock(ui, selectedBlock(ui, context), "verify", context);
    case "copy":
      return copySelected(ui, context);
    case "stake":
      return openStaking(ui, context);
    case "repeat":
      return repeat(ui, context);
    case "filter":
      return step({
        ...ui,
        hasPaneFocus: true,
        note: null,
        mode: { kind: "filter", pane: ui.pane, before: ui.filters[ui.pane] },
      });
    case "palette":
      return step({ ...ui, note: null, mode: { kind: "palette", text: "", selected: 0 } });
    case "help":
      return step({ ...ui, note: null, mode: { kind: "help", top: 0 } });
    case "sort":
      return step(nextSort(ui));
    case "pause":
      return step({ ...ui, paused: ui.paused === null ? { session: context.session, log: ui.log } : null });
    case "theme":
      return step(nextTheme(ui));
    case "hints":
      return step({ ...ui, showsHints: !ui.showsHints });
    case "acknowledge":
      return step(acknowledge(ui, context));
    case "back":
      return step(back(ui, context));
    case "quit":
      return quit(ui, context, 0);
    case "interrupt":
      return interrupt(ui, context);
    case "suspend":
      return step(ui, { type: "suspend" });
    case "accept":
    case "complete":
    case "left":
    case "right":
      return step(ui);
  }
}

export function focusPane(ui: UiState, pane: PaneId): UiState {
  return { ...ui, pane, hasPaneFocus: true, note: null };
}

/** Tab goes through the BPM field and the panes, in the order in which they stand. */
function turnFocus(ui: UiState, steps: 1 | -1): UiState {
  const place = (ui.hasPaneFocus ? PANES.indexOf(ui.pane) + 1 : 0) + steps;
  const next = (place + PANES.length + 1) % (PANES.length + 1);
  const pane = PANES[next - 1];
  return pane === undefined ? { ...ui, hasPaneFocus: false, note: null } : focusPane(ui, pane);
}

/** Enter: acknowledges an alarm, answers a question, opens the selected row; in the BPM field it says what to type. */
function openSelected(ui: UiState, context: Context): Step {
  const question = questionOf(ui, context.session);
  if (question?.accept === "acknowledge") return step(acknowledge(ui, context));
  if (question !== null && question.accept !== null)
    return step({ ...ui, dismissedQuestion: question.id }, question.accept);
  // A spectator has no field: Enter is for the list at once.
  const isForList = context.isSpectator || (ui.hasPaneFocus && hasPanes(context.size));
  if (!isForList) return submitEntry(ui, context);
  const none = noRoom(ui, context);
  if (none !== null) return none;
  if (ui.pane === "chain") return openBlock(ui, selectedBlock(ui, context), "block", context);
  if (ui.pane === "log") return step({ ...ui, isZoomed: true });
  const keys = listKeys(ui.pane, ui, shownSession(ui, context.session));
  const key = keys[listWindow(keys, ui.lists[ui.pane], 1).selected];
  return key === undefined
    ? step(ui)
    : step({ ...ui, note: null, mode: { kind: "validator", publicKey: key, top: 0 } });
}

/** The block that commands are about: the selected one, the open one, or the newest. */
export function selectedBlock(ui: UiState, context: Context): number {
  if (ui.mode.kind === "block" || ui.mode.kind === "verify") return ui.mode.index;
  return ui.chain?.selected ?? newestOf(chainSourceOf(ui, context));
}

/** Opens a block as detail or as recomputation, and fetches it where it is not at hand. */
export function openBlock(ui: UiState, index: number, kind: "block" | "verify", { session }: Context): Step {
  if (session.tip.index === 0)
    return step({ ...ui, note: { text: noBlockText(session), tone: "muted", isAboutTip: true } });
  if (index < 1) return step({ ...ui, note: { text: words.detail.noParent, tone: "muted" } });
  if (index > session.tip.index)
    return step({ ...ui, note: { text: words.detail.noBlock(index), tone: "warn", isAboutTip: true } });
  const opened: UiState = { ...ui, note: null, mode: { kind, index, selected: 0 } };
  if (ui.openBlock?.index === index && ui.openBlock.status === "read") return step(opened);
  return step(
    { ...opened, openBlock: { index, status: "loading", detail: null } },
    { type: "readBlock", index, delayMs: 0 },
  );
}

function openStaking(ui: UiState, { session }: Context): Step {
  const why = whyShutOut(session);
  if (why !== null) return step({ ...ui, note: { text: why, tone: "warn" } });
  if (session.me === null || !session.me.isJoined) {
    return step({ ...ui, note: { text: words.staking.notJoined, tone: "warn" } });
  }
  return step({ ...ui, note: null, asksForStake: false, mode: { kind: "staking", form: openStakingForm(null, null) } });
}

function repeat(ui: UiState, { session }: Context): Step {
  if (session.repeatedBpm !== null) {
    return step({ ...ui, note: { text: words.bpm.stoppedRepeating, tone: "muted" } }, { type: "repeat", bpm: null });
  }
  const why = whyShutOut(session);
  if (why !== null) return step({ ...ui, note: { text: why, tone: "warn" } });
  const bpm = ui.lastBpm ?? session.ownProposal?.bpm ?? null;
  if (bpm === null) return step({ ...ui, note: { text: words.bpm.nothingToRepeat, tone: "warn" } });
  return step({ ...ui, note: null }, { type: "repeat", bpm });
}

function nextSort(ui: UiState): UiState {
  const sort = VALIDATOR_SORTS[(VALIDATOR_SORTS.indexOf(ui.sort) + 1) % VALIDATOR_SORTS.length] ?? "stake";
  return { ...ui, sort };
}

function nextTheme(ui: UiState): UiState {
  const theme = THEMES[(THEMES.indexOf(ui.theme) + 1) % THEMES.length] ?? "dark";
  return { ...ui, theme, note: { text: words.themeIs(theme), tone: "muted" } };
}

function acknowledge(ui: UiState, { session }: Context): UiState {
  return { ...ui, acknowledgedAlarms: Math.min(session.alarms.length, ui.acknowledgedAlarms + 1) };
}

/** Esc goes back one step: note, question, zoom, filter, focus. It never quits. */
function back(ui: UiState, context: Context): UiState {
  const question = questionOf(ui, context.session);
  if (ui.note !== null) return { ...ui, note: null };
  if (question !== null && question.accept !== "acknowledge") return { ...ui, dismissedQuestion: question.id };
  if (ui.isZoomed) return { ...ui, isZoomed: false };
  if (ui.filters[ui.pane] !== "") return clearFilter(ui, ui.pane);
  if (ui.pane === "chain" && ui.chain !== null) return { ...ui, chain: null };
  return { ...ui, hasPaneFocus: false };
}

export function clearFilter(ui: UiState, pane: PaneId): UiState {
  return { ...ui, filters: { ...ui.filters, [pane]: "" }, ...(pane === "chain" ? { chain: null } : {}) };
}
