import type { SessionState } from "../../session/session.ts";
import { isForsaken } from "../panels/nothing-shown.ts";
import { words } from "../words.ts";

/** Why nothing goes to the hub, also later, until one goes on with something else; null where it does, or will once it is back. */
export function whyShutOut(session: Pick<SessionState, "alarms" | "connection">): string | null {
  if (isForsaken(session)) return words.bpm.cheated;
  switch (session.connection.phase) {
    case "otherChain":
      return words.bpm.otherChain;
    case "refused":
      return words.bpm.notLetIn;
    case "failed":
      return words.bpm.failed;
    default:
      return null;
  }
}
