/**
 * A round machine that cheats from a round on, and is honest in everything else. It is the honest machine with the state
 * changed in the moment of the close; nothing of the rules knows of it.
 */
import { closeRound } from "pos-shared/chain/round/close-round.ts";
import { honestMachine, type RoundMachine } from "pos-shared/chain/round/machine.ts";
import type { RoundInput } from "pos-shared/chain/round/round-machine.ts";
import {
  andThen,
  type OpenRound,
  type RoundParams,
  type RoundState,
  type Step,
} from "pos-shared/chain/round/round-state.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { digestValues, getDigest } from "pos-shared/ledger/digest-map.ts";
import { findFault } from "pos-shared/model/form.ts";
import { type Proposal, proposalForm } from "pos-shared/model/proposal.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { Chance } from "./chance.ts";
import { hasteOf } from "./hasten.ts";
import type { EvilMode } from "./modes.ts";
import {
  dropProposal,
  loseTransaction,
  payAnother,
  recordSecondBest,
  sealWithOtherTime,
  skipRound,
  type Tamper,
} from "./tampered-close.ts";

const TAMPERS: Partial<Readonly<Record<EvilMode, Tamper>>> = {
  drop: dropProposal,
  skip: skipRound,
  second: recordSecondBest,
  ledger: payAnother,
  lose: loseTransaction,
  early: sealWithOtherTime,
};

export interface EvilOptions {
  readonly modes: readonly EvilMode[];
  /** Honest before this round. */
  readonly fromRound: number;
  /** Length of a round in milliseconds. */
  readonly roundMs: number;
  readonly chance: Chance;
  /** Told of each deed, so that a test knows what must be caught. */
  readonly onDeed: (mode: EvilMode, round: number) => void;
  /** Told of each proposal that the hub has to deny from now on, by its leaf. */
  readonly onDenied: (leaf: Hex) => void;
}

export function evilMachine({ modes, fromRound, roundMs, chance, onDeed, onDenied }: EvilOptions): RoundMachine {
  const isEvil = (open: OpenRound): boolean => open.opening.round >= fromRound;
  const haste = hasteOf(chance, roundMs);
  const hasteIn = (open: OpenRound): number =>
    modes.includes("early") && isEvil(open) ? haste(open.opening.round) : 0;
  /** When a round really ends, in milliseconds since 1970. */
  const endOf = (open: OpenRound): number => millisecondsOf(open.opening.closesAt) - hasteIn(open);

  function apply(params: RoundParams, state: RoundState, input: RoundInput, nowMs: number): Step {
    const { open } = state;
    if (open === undefined || !isEvil(open)) return honestMachine.apply(params, state, input, nowMs);
    if (nowMs >= endOf(open)) {
      return andThen(closeEvilly(params, state, open, nowMs), (after) =>
        honestMachine.apply(params, after, input, nowMs),
      );
    }
    if (modes.includes("censor") && input.kind === "proposal" && wouldWin(params, state, open, input.proposal)) {
      onDeed("censor", open.opening.round);
      return { state, effects: [] };
    }
    return honestMachine.apply(params, state, input, nowMs);
  }

  function closeEvilly(params: RoundParams, state: RoundState, open: OpenRound, nowMs: number): Step {
    if (hasteIn(open) > 0) {
      onDeed("early", open.opening.round);
      return closeRound(params, state, open, nowMs);
    }
    for (const mode of modes) {
      const tampered = TAMPERS[mode]?.(params, state, open, chance);
      if (tampered === undefined) continue;
      onDeed(mode, open.opening.round);
      for (const { proposal, receipt } of digestValues(open.proposals)) {
        if (getDigest(tampered.open.proposals, proposal.publicKey) === undefined) onDenied(receipt.leaf);
      }
      return closeRound(tampered.params, tampered.state, tampered.open, nowMs);
    }
    return closeRound(params, state, open, nowMs);
  }

  return { apply, nextWakeMs: ({ open }) => (open === undefined ? undefined : endOf(open)) };
}

/** Would this proposal rank first, if it were accepted now? The hub knows its beacon early (DESIGN §6). */
function wouldWin(params: RoundParams, state: RoundState, open: OpenRound, value: unknown): boolean {
  if (findFault(proposalForm, value) !== undefined || open.proposals.size === 0) return false;
  const accepted = honestMachine.apply(params, state, { kind: "proposal", proposal: value }, 0).state;
  const { publicKey } = value as Proposal;
  return accepted !== state && accepted.open?.draw.close().winner?.publicKey === publicKey;
}
