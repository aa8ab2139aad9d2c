import { WebSocket } from "ws";
import { codeOfStatus } from "./close-codes.ts";
import type { Session } from "./session.ts";

/** Who hears of what happens on all connections. */
export interface SocketEvents {
  readonly onMessage: (session: Session, data: Buffer, isBinary: boolean) => void;
  readonly onPing: (session: Session, payload: Buffer) => void;
  readonly onPong: (session: Session) => void;
  /** ws has found a frame that is wrong, with its own code for what, and closes. */
  readonly onBrokenFrame: (wsCode: string) => void;
  readonly onClose: (session: Session) => void;
}

/** Nobody can listen to a socket of ws here: Node would give each an empty map of listeners, of 184 bytes. */
const NO_LISTENERS: object = Object.freeze(Object.create(null));

/**
 * The socket of ws with its session on it. What ws emits goes straight to the one listener of all sockets: five
 * listeners of each would take 300 bytes a connection, a tenth of all that it needs.
 */
export class HubSocket extends WebSocket {
  /** Where Node's emitters keep their listeners. */
  declare _events: object;
  #session: Session | null = null;
  #events: SocketEvents | null = null;

  attach(session: Session, events: SocketEvents): void {
    this.#session = session;
    this.#events = events;
    this._events = NO_LISTENERS;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    const session = this.#session;
    const events = this.#events;
    if (session === null || events === null) return false;
    const [first, second] = args;
    switch (event) {
      case "message":
        if (isBuffer(first)) events.onMessage(session, first, second === true);
        break;
      case "ping":
        if (isBuffer(first)) events.onPing(session, first);
        break;
      case "pong":
        events.onPong(session);
        break;
      case "error":
        if (isWsError(first)) events.onBrokenFrame(first.code);
        break;
      case "close":
        events.onClose(session);
        break;
      default:
    }
    return true;
  }

  /** ws closes by itself on a broken frame, with a number only: the reason is added here. */
  override close(status?: number, reason?: string | Buffer): void {
    super.close(status, reason ?? (status === undefined ? undefined : codeOfStatus(status)));
  }
}

/** ws gives messages as one buffer, as long as nobody asks for another type. */
function isBuffer(data: unknown): data is Buffer {
  return Buffer.isBuffer(data);
}

/** An error of ws about a frame; the others are those of the network, which are nobody's fault. */
function isWsError(error: unknown): error is { readonly code: string } {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("WS_ERR_")
  );
}
