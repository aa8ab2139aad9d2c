import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { HubPort } from "../../sequencer/hub-port.ts";
import type { HttpAnswer } from "./http-answer.ts";

/** Healthy means that rounds close: not long after the announced moment, the round is over. */
export function getHealth(hub: HubPort, maxLatenessMs: number): HttpAnswer {
  const { phase, round, opening, tip } = hub.status();
  const latenessMs = opening === null ? 0 : Math.max(0, Math.floor(hub.nowMs()) - millisecondsOf(opening.closesAt));
  const isHealthy = latenessMs <= maxLatenessMs;
  const isRecovering = hub.isRecovering();
  return {
    type: "json",
    status: isHealthy && !isRecovering ? 200 : 503,
    body: JSON.stringify({
      status: isRecovering ? "recovering" : isHealthy ? "ok" : "late",
      phase,
      round,
      index: tip.index,
      latenessMs,
    }),
  };
}
