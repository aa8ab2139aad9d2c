import { foldName } from "pos-shared/model/name.ts";
import type { RoundView, ValidatorView } from "../../session/session.ts";

/** A proposer of the open round, or a validator that is awaited: nothing of it was seen. */
export interface ProposalRow {
  readonly publicKey: string;
  readonly name: string;
  readonly bpm: number | null;
  readonly atMs: number | null;
  readonly isMe: boolean;
}

/** Who has proposed, newest first, then who is online with stake and has not yet. */
export function listProposals(
  round: RoundView | null,
  validators: readonly ValidatorView[],
  myKey: string | null,
  filter: string,
): readonly ProposalRow[] {
  if (round === null) return [];
  const done = round.seen.map(({ publicKey, name, bpm, atMs }) => ({
    publicKey,
    name,
    bpm,
    atMs,
    isMe: publicKey === myKey,
  }));
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
