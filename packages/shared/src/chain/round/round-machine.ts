/**
 * The heart of the hub as a pure state machine: apply(params, state, input) → state and effects (DESIGN §3). Time comes
 * in with each input. The shell performs the effects: persist, then acknowledge, then broadcast.
 */
import type { Opening } from "../../model/opening.ts";
import type { ReceiptedProposal } from "../../model/receipt.ts";
import { millisecondsOf } from "../../model/timestamp.ts";
import type { ChainState } from "../chain-state.ts";
import { acceptProposal } from "./accept-proposal.ts";
import { acceptTransaction } from "./accept-transaction.ts";
import { indexWaiting, rebase } from "./batches.ts";
import { closeRound } from "./close-round.ts";
import { openIfActive, reopenRound } from "./open-round.ts";
import { andThen, type RoundParams, type RoundState, type Step, type Waiting } from "./round-state.ts";

export type RoundInput =
  | { readonly kind: "proposal"; readonly proposal: unknown }
  | { readonly kind: "transaction"; readonly transaction: unknown }
  /** Nothing but time has passed. */
  | { readonly kind: "tick" };

/** What a hub kept of an earlier run. */
export interface Resumed {
  readonly chain: ChainState;
  /** The last round that ended; 0 before the first. */
  readonly lastRound: number;
  readonly opening: Opening | null;
  /** Accepted proposals of the open round, in order of arrival. */
  readonly proposals: readonly ReceiptedProposal[];
  /** By round, and within one in order of arrival. */
  readonly waiting: readonly Waiting[];
}

/**
 * Starts, or goes on where an earlier run stopped: the same open round with what was accepted in it. Where its closesAt
 * has passed meanwhile it is sealed at once, then a full round opens (DESIGN §7).
 */
export function startRounds(params: RoundParams, resumed: Resumed, nowMs: number): Step {
  return andThen(resumeRounds(params, resumed), (after) => applyInput(params, after, { kind: "tick" }, nowMs));
}

/** The state in which an earlier run stopped, whatever time has passed since. */
export function resumeRounds(params: RoundParams, resumed: Resumed): Step {
  const round = resumed.opening?.round ?? resumed.lastRound + 1;
  const batches = rebase(params, resumed.chain, round, resumed.waiting);
  const idle: RoundState = {
    chain: resumed.chain,
    open: undefined,
    batches,
    waiting: indexWaiting(batches),
    previousClosesAtMs: undefined,
  };
  const state =
    resumed.opening === null ? idle : { ...idle, open: reopenRound(params, idle, resumed.opening, resumed.proposals) };
  return { state, effects: [] };
}

/** Takes one input. A round whose closesAt has passed is closed first, so that no message is accepted late. */
export function applyInput(params: RoundParams, state: RoundState, input: RoundInput, nowMs: number): Step {
  return andThen(closeIfDue(params, state, nowMs), (current) => {
    switch (input.kind) {
      case "proposal":
        return openAfter(params, acceptProposal(params, current, input.proposal), nowMs);
      case "transaction":
        return openAfter(params, acceptTransaction(params, current, input.transaction), nowMs);
      case "tick":
        return openIfActive(params, current, nowMs);
    }
  });
}

function openAfter(params: RoundParams, step: Step, nowMs: number): Step {
  return andThen(step, (state) => openIfActive(params, state, nowMs));
}

function closeIfDue(params: RoundParams, state: RoundState, nowMs: number): Step {
  const { open } = state;
  if (open === undefined || nowMs < millisecondsOf(open.opening.closesAt)) return { state, effects: [] };
  return closeRound(params, state, open, nowMs);
}

/** When the machine has to be ticked next, in milliseconds since 1970; undefined while it is idle. */
export function nextWakeMs(state: RoundState): number | undefined {
  return state.open === undefined ? undefined : millisecondsOf(state.open.opening.closesAt);
}
