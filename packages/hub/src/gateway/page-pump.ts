import type { PageRequest } from "./page-request.ts";
import type { Session } from "./session.ts";

/** After so long with pages in a row, everything else has as long to itself. */
const STINT_MS = 8;

/**
 * Serves pages one a turn of the event loop, each client in its turn, half of the time at most: so joiners who catch
 * up hold up neither broadcasts nor rounds (PERFORMANCE, rule 6). A client that has not yet taken its last pages waits.
 */
export class PagePump {
  readonly #serve: (session: Session, request: PageRequest) => void;
  readonly #maxUnsentBytes: number;
  readonly #maxWaiting: number;
  readonly #nowMs: () => number;
  readonly #ready: Session[] = [];
  #isRunning = false;
  #stintMs = 0;

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(
    serve: (session: Session, request: PageRequest) => void,
    limits: { readonly maxUnsentPageBytes: number; readonly maxWaitingPages: number },
    nowMs: () => number,
  ) {
    this.#serve = serve;
    this.#maxUnsentBytes = limits.maxUnsentPageBytes;
    this.#maxWaiting = limits.maxWaitingPages;
    this.#nowMs = nowMs;
  }

  /** Takes a request, or says false where too many of this session wait already. */
  add(session: Session, request: PageRequest): boolean {
    if (session.waitingPages === null) {
      session.waitingPages = [request];
      this.#makeReady(session);
      return true;
    }
    if (session.waitingPages.length >= this.#maxWaiting) return false;
    session.waitingPages.push(request);
    return true;
  }

  #makeReady(session: Session): void {
    this.#ready.push(session);
    if (this.#isRunning) return;
    this.#isRunning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    const startedMs = this.#nowMs();
    const session = this.#ready.shift();
    if (session !== undefined) this.#serveNext(session);
    if (this.#ready.length === 0) {
      this.#isRunning = false;
      this.#stintMs = 0;
      return;
    }
    this.#stintMs += this.#nowMs() - startedMs;
    if (this.#stintMs < STINT_MS) {
      setImmediate(this.#turn);
    } else {
      this.#stintMs = 0;
      setTimeout(this.#turn, STINT_MS);
    }
  };

  #serveNext(session: Session): void {
    const request = session.waitingPages?.[0];
    if (!session.isOpen || request === undefined) {
      session.waitingPages = null;
      return;
    }
    if (session.unsentBytes > this.#maxUnsentBytes) {
      session.onceDrained(() => this.#makeReady(session));
      return;
    }
    this.#serve(session, request);
    session.waitingPages?.shift();
    if (session.waitingPages?.length === 0) session.waitingPages = null;
    else this.#ready.push(session);
  }
}
