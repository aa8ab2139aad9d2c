/** Movement in whatever the keys belong to: a list, the chain, or the lines of an overlay. */
import type { SessionState } from "../../session/session.ts";
import { newestOf, oldestOf, stepFrom, topShowing } from "../chain/chain-window.ts";
import { listLog } from "../lists/log.ts";
import { type Movement, moveInList, pinnedWindow } from "../lists/position.ts";
import { listProposals } from "../lists/proposals.ts";
import { listValidators } from "../lists/validators.ts";
import { type Context, chainSourceOf, layoutOf, listRows, shownLog, shownSession } from "./context.ts";
import type { Effect } from "./effects.ts";
import { noRoom } from "./no-room.ts";
import { type Step, step } from "./step.ts";
import type { ListPosition, UiState } from "./ui-state.ts";

/** The keys of a list's rows, in the order shown. */
/** @param session what lists show */
export function listKeys(
  pane: "validators" | "proposals" | "log",
  ui: UiState,
  session: SessionState,
): readonly string[] {
  switch (pane) {
    case "validators":
      return listValidators(session.validators, ui.sort, ui.filters.validators).map(({ publicKey }) => publicKey);
    case "proposals":
      return listProposals(session, ui.filters.proposals).map(({ publicKey }) => publicKey);
    case "log":
      return listLog(shownLog(ui), ui.filters.log).map(({ key }) => key);
  }
}

/** Moves in the pane; a movement out of the BPM field goes to the pane. */
export function moveInPane(ui: UiState, movement: Movement, context: Context): Step {
  const none = noRoom(ui, context);
  if (none !== null) return none;
  const focused: UiState = { ...ui, hasPaneFocus: true, note: null };
  const { pane } = ui;
  const height = listRows(pane, ui, layoutOf(ui, context));
  if (pane === "chain") return moveInChain(focused, movement, context, height);
  const keys = listKeys(pane, ui, shownSession(ui, context.session));
  // A row that is always seen takes a line of the window.
  const always = pane === "validators" ? (context.session.me?.publicKey ?? null) : null;
  const window = pinnedWindow(keys, ui.lists[pane], height, always);
  const position = moveInList(keys, ui.lists[pane], window.height, movement);
  return step(withPosition(focused, pane, position));
}

export function withPosition(ui: UiState, pane: "validators" | "proposals" | "log", position: ListPosition): UiState {
  return { ...ui, lists: { ...ui.lists, [pane]: position } };
}

function moveInChain(ui: UiState, movement: Movement, context: Context, height: number): Step {
  const source = chainSourceOf(ui, context);
  const newest = newestOf(source);
  const from = ui.chain?.selected ?? newest;
  const page = Math.max(1, height - 1);
  switch (movement) {
    case "first":
      return selectBlock({ ...ui, chain: null }, null, context);
    case "last":
      return selectBlock(ui, oldestOf(source), context);
    case "down":
      return selectBlock(ui, stepFrom(source, from, 1), context);
    case "up":
      return selectBlock(ui, from === newest ? null : stepFrom(source, from, -1), context);
    case "pageDown":
      return selectBlock(ui, stepFrom(source, from, page), context);
    case "pageUp":
      return selectBlock(ui, stepFrom(source, from, -page), context);
  }
}

/** Waiting a moment before a block is fetched keeps a held key from asking for each one it passes. */
const SETTLE_MS = 150;

/** Selects a block; null follows the tip. A pinned list stays pinned at the tip until one goes up once more, or `g`. */
export function selectBlock(ui: UiState, index: number | null, context: Context): Step {
  const source = chainSourceOf(ui, context);
  const newest = newestOf(source);
  const height = listRows("chain", ui, layoutOf(ui, context));
  const chain =
    index === null
      ? null
      : {
          selected: index,
          top: topShowing(source, ui.chain?.top ?? newest, index, height),
          tipThen: ui.chain?.tipThen ?? newest,
        };
  return step({ ...ui, chain }, ...detailEffects(ui, index ?? newest, context));
}

/** Where the detail stands beside the chain, the selected block is fetched for it. */
function detailEffects(ui: UiState, index: number, context: Context): readonly Effect[] {
  const hasDetail = layoutOf(ui, context).regions.some(({ id }) => id === "detail");
  if (!hasDetail || index === 0 || ui.openBlock?.index === index) return [];
  return [{ type: "readBlock", index, delayMs: SETTLE_MS }];
}
