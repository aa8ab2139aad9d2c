/** What the screen does by itself when the session or the clock moves on. */
import type { BlockDetail, ClientEvent, SessionState } from "../../session/session.ts";
import { detailFields } from "../chain/detail-fields.ts";
import { isFollowing } from "../panels/nothing-shown.ts";
import { logLineOf } from "../words/log.ts";
import { words } from "../words.ts";
import type { Happening } from "./actions.ts";
import { type Context, layoutOf } from "./context.ts";
import { DRAW_SHOWN_MS } from "./draw-timing.ts";
import type { Effect } from "./effects.ts";
import { whyShutOut } from "./shut-out.ts";
import { withForm } from "./staking.ts";
import { openStakingForm } from "./staking-form.ts";
import { type Step, step } from "./step.ts";
import type { OpenBlock, UiState } from "./ui-state.ts";

/** The bell rings so long before a round closes without one's proposal. */
const LAST_CALL_MS = 5000;

export function react(ui: UiState, action: Happening, context: Context): Step {
  switch (action.type) {
    case "session":
      return sessionMoved(ui, action.before, context);
    case "event":
      return eventHappened(ui, action.event, context);
    case "tick":
      return ticked(ui, action.beforeMs, context);
    case "resized":
      return showSelected(ui, context);
    case "proposeAnswered":
      return action.outcome.ok
        ? step(ui)
        : step({ ...ui, note: { text: words.bpm.refused(action.bpm, action.outcome.fault), tone: "bad" } });
    case "stakingAnswered":
      return stakingAnswered(ui, action.outcome);
    case "blockRead":
      return step(blockRead(ui, action.index, action.detail, context));
    case "drawRead":
      return action.detail === null ? step(ui) : step(drawRead(ui, action.detail, context));
  }
}

/** A block is there, or is not to be had. An answer for another block than the one that is looked at says nothing. */
function blockRead(ui: UiState, index: number, detail: BlockDetail | null, { session }: Context): UiState {
  const { mode } = ui;
  const openBlock: OpenBlock = { index, status: detail === null ? "missing" : "read", detail };
  if (mode.kind !== "block" && mode.kind !== "verify") return { ...ui, openBlock };
  if (mode.index !== index) return ui;
  const last = Math.max(0, detailFields(mode.kind, openBlock, session).length - 1);
  return { ...ui, openBlock, mode: { ...mode, selected: Math.min(mode.selected, last) } };
}

/** The draw is played; and where the list follows the tip, the block stands beside it. */
function drawRead(ui: UiState, detail: BlockDetail, { nowMs }: Context): UiState {
  const { index } = detail.block;
  const openBlock: OpenBlock = { index, status: "read", detail };
  const followed = ui.chain === null && ui.mode.kind === "main" ? { ...ui, openBlock } : ui;
  return detail.view.rows.length === 0 ? followed : { ...followed, draw: { detail, startedAtMs: nowMs } };
}

function sessionMoved(ui: UiState, before: SessionState, context: Context): Step {
  const { session, nowMs } = context;
  const moved: UiState = {
    ...ui,
    frozenAtMs: isFollowing(session) ? null : (ui.frozenAtMs ?? nowMs),
    clockOffsetMs: clockOffsetOf(session) ?? ui.clockOffsetMs,
    note: ui.note?.isAboutTip === true && session.tip.index > before.tip.index ? null : ui.note,
  };
  const shown = showTip(moved, context);
  return step(
    askForStake(shown.ui, session),
    ...shown.effects,
    ...announceWinner(before, context),
    ...announceAlarm(before, context),
  );
}

/** In whole seconds, as it never stands still to the millisecond; null while it is not known. */
function clockOffsetOf({ connection }: SessionState): number | null {
  if (connection.phase !== "online" || connection.clockOffsetMs === undefined) return null;
  return 1000 * Math.round(connection.clockOffsetMs / 1000);
}

/** Where the detail stands beside the chain, the newest block is in it from the start, not only from the next draw on. */
function showTip(ui: UiState, context: Context): Step {
  const { index } = context.session.tip;
  const isWanted = ui.openBlock === null && ui.chain === null && index > 0 && context.session.lastWinner !== null;
  if (!isWanted || !layoutOf(ui, context).regions.some(({ id }) => id === "detail")) return step(ui);
  return step(
    { ...ui, openBlock: { index, status: "loading", detail: null } },
    { type: "readBlock", index, delayMs: 0 },
  );
}

/** A screen that has just become wide enough for the detail shows in it the block that is selected, not the one before that. */
function showSelected(ui: UiState, context: Context): Step {
  const { tip, lastWinner } = context.session;
  const index = ui.chain?.selected ?? tip.index;
  const isThere = index === 0 || lastWinner === null || ui.openBlock?.index === index;
  if (isThere || ui.mode.kind !== "main" || !layoutOf(ui, context).regions.some(({ id }) => id === "detail"))
    return step(ui);
  return step(
    { ...ui, openBlock: { index, status: "loading", detail: null } },
    { type: "readBlock", index, delayMs: 0 },
  );
}

/** Started without a stake, the screen asks for it as soon as there is a balance. */
function askForStake(ui: UiState, session: SessionState): UiState {
  const { me, connection } = session;
  if (!ui.asksForStake || me === null || !me.isJoined || connection.phase !== "online") return ui;
  if (whyShutOut(session) !== null) return ui;
  if (me.bonded > 0 || me.activating.length > 0 || me.liquid === 0 || me.isTombstoned)
    return { ...ui, asksForStake: false };
  if (ui.mode.kind !== "main" || ui.entry !== "") return ui;
  return { ...withForm(ui, openStakingForm(null, "start")), asksForStake: false };
}

/** A new block with a winner: its draw is played, and one's own win rings. Blocks of a catch-up pass in silence. */
function announceWinner(before: SessionState, { session, bell }: Context): readonly Effect[] {
  const winner = session.lastWinner;
  if (winner === null || !isFollowing(before) || !isFollowing(session)) return [];
  if (winner.index === before.lastWinner?.index || winner.index !== before.tip.index + 1) return [];
  const draw: Effect = { type: "readDraw", index: winner.index };
  return winner.isMe && bell ? [{ type: "notify", text: words.notices.won(winner.index) }, draw] : [draw];
}

function announceAlarm(before: SessionState, { session, bell }: Context): readonly Effect[] {
  return bell && session.alarms.length > before.alarms.length ? [{ type: "notify", text: words.notices.alarm }] : [];
}

function ticked(ui: UiState, beforeMs: number, context: Context): Step {
  const { nowMs } = context;
  const isOver = ui.draw !== null && nowMs - ui.draw.startedAtMs >= DRAW_SHOWN_MS;
  return step(isOver ? { ...ui, draw: null } : ui, ...lastCall(beforeMs, context));
}

/** Five seconds before an open round closes without one's proposal. */
function lastCall(beforeMs: number, { session, nowMs, bell, isSpectator }: Context): readonly Effect[] {
  const { round, me, ownProposal, repeatedBpm, queuedBpm } = session;
  if (!bell || isSpectator || round === null || me === null || session.connection.phase !== "online") return [];
  const callAtMs = round.closesAtMs - LAST_CALL_MS;
  if (beforeMs >= callAtMs || nowMs < callAtMs || nowMs >= round.closesAtMs) return [];
  const isIn = ownProposal?.round === round.opening.round && ownProposal.phase !== "rejected";
  if (isIn || repeatedBpm !== null || queuedBpm !== null || me.bonded === 0 || me.isTombstoned) return [];
  return [{ type: "notify", text: words.notices.lastCall(round.opening.round) }];
}

const KEPT_LOG_LINES = 300;

function eventHappened(ui: UiState, event: ClientEvent, context: Context): Step {
  const line = logLineOf(event, context.session.network?.genesis.blockReward ?? null);
  const logged =
    line === null ? ui : { ...ui, log: [...ui.log, { ...line, atMs: context.nowMs }].slice(-KEPT_LOG_LINES) };
  return event.event === "rejected" ? stakeRejected(logged, event.code, context) : step(logged);
}

/** A stake above the balance: the form opens with what is possible. */
function stakeRejected(ui: UiState, code: string, { session }: Context): Step {
  if (code !== "INSUFFICIENT_FUNDS" || ui.mode.kind !== "main" || session.me === null) return step(ui);
  return step(withForm(ui, openStakingForm(session.me.liquid, "tooMuch")));
}

function stakingAnswered(ui: UiState, outcome: Extract<Happening, { type: "stakingAnswered" }>["outcome"]): Step {
  if (ui.mode.kind !== "staking") return step(ui);
  // Until a block records it, it stands beside the stake.
  if (outcome.ok) return step({ ...ui, mode: { kind: "main" }, note: null });
  return step(withForm(ui, { ...ui.mode.form, stage: "edit", error: words.fault(outcome.fault) }));
}
