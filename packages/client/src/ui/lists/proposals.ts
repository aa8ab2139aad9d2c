import { foldName } from "pos-shared/model/name.ts";
import type { Me, RoundView, SessionState } from "../../session/session.ts";

/** A proposer of the open round, or a validator that is awaited: nothing of it was seen. */
export interface ProposalRow {
  readonly publicKey: string;
  readonly name: string;
  readonly bpm: number | null;
  readonly atMs: number | null;
  readonly isMe: boolean;
}

/** What the list is made of. */
export type ProposalsSession = Pick<SessionState, "round" | "validators" | "ownProposal"> & {
  readonly me: Pick<Me, "publicKey" | "name"> | null;
};

/** Who has proposed, newest first, then who is online with stake and has not yet. */
export function listProposals(session: ProposalsSession, filter: string): readonly ProposalRow[] {
  const { round, validators } = session;
  if (round === null) return [];
  const seen = round.seen.map((each) => ({ ...each, isMe: each.publicKey === session.me?.publicKey }));
  const done = [...seen, ...ownNotSeen(session, round)].sort((a, b) => b.atMs - a.atMs);
  const have = new Set(done.map(({ publicKey }) => publicKey));
  const awaited = validators
    .filter(
      ({ publicKey, isOnline, bonded, isTombstoned }) =>
        isOnline && bonded > 0 && !isTombstoned && !have.has(publicKey),
    )
    .map(({ publicKey, name, isMe }) => ({ publicKey, name, bpm: null, atMs: null, isMe }));
  const wanted = foldName(filter.trim());
  return [...done, ...awaited].filter(({ name }) => foldName(name).includes(wanted));
}

/** One's own proposal, which one has a receipt for, where the hub told of it before this connection. */
function ownNotSeen({ ownProposal, me }: ProposalsSession, { opening, seen }: RoundView) {
  if (me === null || ownProposal?.phase !== "accepted" || ownProposal.round !== opening.round) return [];
  if (seen.some(({ publicKey }) => publicKey === me.publicKey)) return [];
  const { bpm, atMs } = ownProposal;
  return [{ publicKey: me.publicKey, name: me.name, bpm, atMs, isMe: true }];
}
