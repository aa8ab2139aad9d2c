import { WebSocket } from "ws";
import { codeOfStatus } from "./close-codes.ts";
import type { Session } from "./session.ts";

/** The socket of ws with its session on it, so that one handler of each event serves all sockets. */
export class HubSocket extends WebSocket {
  session: Session | null = null;

  /** ws closes by itself on a broken frame, with a number only: the reason is added here. */
  override close(status?: number, reason?: string | Buffer): void {
    super.close(status, reason ?? (status === undefined ? undefined : codeOfStatus(status)));
  }
}

export function sessionOf(ws: WebSocket): Session | null {
  return ws instanceof HubSocket ? ws.session : null;
}
