import { pongFrame } from "./frame.ts";
import type { Gate } from "./gate.ts";
import { handleFrame } from "./handle-frame.ts";
import type { SocketEvents } from "./hub-socket.ts";
import type { Session } from "./session.ts";

/** What a gateway does about the events of all its connections (PERFORMANCE, rule 2). */
export function createSocketEvents(gate: Gate, onClose: (session: Session) => void): SocketEvents {
  return {
    onMessage: (session, data, isBinary) => {
      // What arrives after the hub has decided to close is not read any more.
      if (!session.isOpen) return;
      session.contest?.onSign(session);
      handleFrame(gate, session, data, isBinary);
    },
    onPing: (session, payload) => {
      if (!session.isOpen) return;
      session.contest?.onSign(session);
      const verdict = session.bucket.take(1, gate.nowMs());
      if (verdict === "close") session.close("RATE_LIMITED");
      else if (verdict === "pass" && gate.messageBudgets.take(session.address, 1) === 0) {
        session.write(pongFrame(payload));
      }
    },
    onPong: (session) => {
      session.contest?.onSign(session);
      // One pong a heartbeat is asked for; a flood of them is a flood.
      if (session.bucket.take(1, gate.nowMs()) === "close") session.close("RATE_LIMITED");
    },
    onBrokenFrame: (wsCode) => {
      gate.telemetry.refused(wsCode === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" ? "FRAME_TOO_LARGE" : "BROKEN_FRAME");
    },
    onClose,
  };
}
