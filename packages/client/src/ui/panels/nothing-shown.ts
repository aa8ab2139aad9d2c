import type { SessionState } from "../../session/session.ts";
import { words } from "../words.ts";

/** Is the hub no longer followed, as it has cheated? */
export function isForsaken({ alarms }: Pick<SessionState, "alarms">): boolean {
  return alarms.some(({ halts }) => halts);
}

/** Why no winner is shown: as long as the chain is not at hand nobody knows whether there was one. */
export function noWinnerText({ connection }: Pick<SessionState, "connection">): string {
  return connection.phase === "online" ? words.winner.none : words.winner.unknown;
}

/** Why no proposal is shown. */
export function noProposalText({ connection, round }: Pick<SessionState, "connection" | "round">): string {
  if (round !== null) return words.proposals.none;
  return connection.phase === "online" ? words.proposals.closed : words.round.unknown;
}

/** Why no block is shown. */
export function noBlockText({ connection, progress }: Pick<SessionState, "connection" | "progress">): string {
  if (connection.phase === "online") return words.chain.empty;
  return progress.linked < progress.total ? words.chain.loading(progress.linked, progress.total) : words.chain.unknown;
}

/** Why no round is shown as open. */
export function noRoundText(session: Pick<SessionState, "alarms" | "me" | "connection">): string {
  if (isForsaken(session)) return words.round.forsaken;
  if (session.connection.phase !== "online") return words.round.unknown;
  return session.me !== null && session.me.bonded === 0 ? words.round.idleMine : words.round.idle;
}
