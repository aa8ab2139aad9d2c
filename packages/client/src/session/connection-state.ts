import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { HubLink } from "../connection/hub-link.ts";
import type { Runtime } from "../runtime.ts";
import type { ConnectionState } from "./session.ts";

/** What a screen is told of a link. @param nameTaken the hub refuses the name alone: the connection stays */
export function connectionStateOf(
  { state, clock }: HubLink,
  { nowMs, monotonicMs }: Runtime,
  nameTaken: ErrorFacts | undefined,
): ConnectionState {
  switch (state.phase) {
    case "online": {
      if (nameTaken !== undefined) return { phase: "refused", fault: nameTaken, isConnected: true };
      const clockOffsetMs = clock.offsetOf(nowMs(), monotonicMs());
      const { roundTripMs } = clock;
      return clockOffsetMs === undefined
        ? { phase: "online", roundTripMs }
        : { phase: "online", roundTripMs, clockOffsetMs };
    }
    case "refused":
      return { ...state, isConnected: false };
    case "stopped":
      return { phase: "connecting", attempt: 0 };
    default:
      return state;
  }
}
