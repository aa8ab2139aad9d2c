import type { Me } from "../../session/session.ts";
import { words } from "../words.ts";
import type { Context } from "./context.ts";
import { whyShutOut } from "./shut-out.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

/** 128 + the number of SIGINT, as a shell reports it. */
const INTERRUPTED = 130;

/** `q`: asks only while stake is locked or a BPM is unsent. */
export function quit(ui: UiState, context: Context, code: number): Step {
  const reasons = reasonsToStay(ui, context);
  return reasons.length === 0
    ? step(ui, { type: "exit", code })
    : step({ ...ui, note: null, mode: { kind: "quit", reasons } });
}

/** `Ctrl-C`: as `q`, but a second one leaves whatever is asked. */
export function interrupt(ui: UiState, context: Context): Step {
  return ui.mode.kind === "quit" ? step(ui, { type: "exit", code: INTERRUPTED }) : quit(ui, context, INTERRUPTED);
}

function reasonsToStay(ui: UiState, { session }: Context): readonly string[] {
  const reasons: string[] = [];
  if (ui.entry !== "") reasons.push(words.quit.unsent(ui.entry));
  if (session.queuedBpm !== null) reasons.push(words.quit.queued(session.queuedBpm));
  if (session.ownProposal?.phase === "sent") reasons.push(words.quit.unanswered(session.ownProposal.bpm));
  const { me } = session;
  if (me === null || me.isTombstoned) return reasons;
  // What is on its way in stays; what is on its way out comes free without a client.
  const staked = me.bonded + sumOf(me.activating);
  const leaving = sumOf(me.unbonding);
  if (staked > 0) reasons.push(words.quit.staked(staked, leaving, whyShutOut(session) === null));
  else if (leaving > 0) reasons.push(words.quit.leaving(leaving));
  return reasons;
}

function sumOf(amounts: Me["unbonding"]): number {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}
