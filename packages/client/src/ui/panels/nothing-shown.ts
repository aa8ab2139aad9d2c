import type { SessionState } from "../../session/session.ts";
import { words } from "../words.ts";

/** Is the hub no longer followed, as it has cheated? */
export function isForsaken({ alarms }: Pick<SessionState, "alarms">): boolean {
  return alarms.some(({ halts }) => halts);
}

/** Does what happens at the hub come here as it happens? */
export function isFollowing({ connection }: Pick<SessionState, "connection">): boolean {
  return connection.phase === "online" || (connection.phase === "refused" && connection.isConnected);
}

/** Why no winner is shown: as long as the chain is not at hand nobody knows whether there was one. */
export function noWinnerText(session: Pick<SessionState, "connection">): string {
  return isFollowing(session) ? words.winner.none : words.winner.unknown;
}

/** Why no proposal is shown. */
export function noProposalText(session: Pick<SessionState, "connection" | "round">): string {
  if (session.round !== null) return words.proposals.none;
  return isFollowing(session) ? words.proposals.closed : words.round.unknown;
}

/** Why no block is shown. */
export function noBlockText(session: Pick<SessionState, "connection" | "progress">): string {
  const { progress } = session;
  if (isFollowing(session)) return words.chain.empty;
  return progress.linked < progress.total ? words.chain.loading(progress.linked, progress.total) : words.chain.unknown;
}

/** Why no round is shown as open. */
export function noRoundText(session: Pick<SessionState, "alarms" | "me" | "connection">): string {
  if (isForsaken(session)) return words.round.forsaken;
  if (!isFollowing(session)) return words.round.unknown;
  return session.me?.isJoined === true && session.me.bonded === 0 ? words.round.idleMine : words.round.idle;
}
