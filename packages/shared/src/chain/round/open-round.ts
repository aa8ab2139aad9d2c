import { sign } from "../../crypto/signature.ts";
import { EMPTY_DIGEST_MAP, setDigest } from "../../ledger/digest-map.ts";
import { isActive, stakeOf } from "../../ledger/ledger.ts";
import type { Opening } from "../../model/opening.ts";
import { millisecondsOf, timestampOf } from "../../model/timestamp.ts";
import {
  type AcceptedProposal,
  currentRound,
  type OpenRound,
  type RoundParams,
  type RoundState,
  type Step,
} from "./round-state.ts";

/** Enter open: somebody has anything bonded, activating or unbonding (SPEC §6); else the network is idle. */
export function openIfActive(params: RoundParams, state: RoundState, nowMs: number): Step {
  const { ledger } = state.batches[0];
  // A first bond may wait for a later round, where so much was handed in before it that the coming one is full.
  if (state.open !== undefined || !state.batches.some((batch) => isActive(batch.ledger))) return { state, effects: [] };
  const opening = makeOpening(params, state, nowMs);
  return {
    state: { ...state, open: openRound(params, state, opening) },
    effects: [
      { kind: "persist", record: { kind: "opening", opening } },
      {
        kind: "broadcast",
        broadcast: { kind: "opening", opening, validators: ledger.bondedAccounts, stake: ledger.totals.bonded },
      },
    ],
  };
}

/** The open round of an opening, without proposals yet. */
function openRound({ network, hubKey }: RoundParams, state: RoundState, opening: Opening): OpenRound {
  const { chainId } = network;
  const draw = network.rule.openRound({ chainId, hubKey, round: opening.round, seed: state.chain.tip.seed });
  return { opening, proposals: EMPTY_DIGEST_MAP, draw };
}

/** The open round of an opening with proposals that were accepted before, in order of arrival. */
export function reopenRound(
  params: RoundParams,
  state: RoundState,
  opening: Opening,
  accepted: readonly AcceptedProposal[],
): OpenRound {
  const { ledger } = state.batches[0];
  const empty = openRound(params, state, opening);
  const draw = accepted.reduce(
    // Offences that a proposal proves were recorded when it came.
    (current, { proposal }) => current.accept(proposal, stakeOf(ledger, proposal.publicKey)).round,
    empty.draw,
  );
  const proposals = accepted.reduce<OpenRound["proposals"]>(
    (map, item) => setDigest(map, item.proposal.publicKey, item),
    EMPTY_DIGEST_MAP,
  );
  return { opening, proposals, draw };
}

function makeOpening({ network, hubKey, roundMs }: RoundParams, state: RoundState, nowMs: number): Opening {
  const earliest = millisecondsOf(state.chain.tip.timestamp);
  const opening = {
    round: currentRound(state),
    prevHash: state.chain.tip.hash,
    closesAt: timestampOf(Math.max(closeOf(nowMs, roundMs, state.previousClosesAtMs), earliest)),
  };
  return { ...opening, signature: sign(hubKey, "opening", network.chainId, opening) };
}

/**
 * Rounds follow each other without drift: a round is counted from the close of the one before, unless that lies more
 * than half a round back (a restart, a busy machine). Then a full round opens from now.
 */
function closeOf(nowMs: number, roundMs: number, previousClosesAtMs: number | undefined): number {
  if (previousClosesAtMs === undefined) return nowMs + roundMs;
  const followed = previousClosesAtMs + roundMs;
  return followed - nowMs >= roundMs / 2 && followed - nowMs <= roundMs ? followed : nowMs + roundMs;
}
