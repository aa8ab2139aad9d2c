import type { SessionState } from "../../session/session.ts";
import { words } from "../words.ts";

/** Is the hub no longer followed, as it has cheated? */
export function isForsaken({ alarms }: Pick<SessionState, "alarms">): boolean {
  return alarms.some(({ halts }) => halts);
}

/** Why no round is shown as open. */
export function noRoundText(session: Pick<SessionState, "alarms" | "me" | "connection">): string {
  if (isForsaken(session)) return words.round.forsaken;
  if (session.connection.phase !== "online") return words.round.unknown;
  return session.me !== null && session.me.bonded === 0 ? words.round.idleMine : words.round.idle;
}
