import type { PageRequest } from "./page-request.ts";

/** Who asks for pages: a session. */
export interface PageReader {
  readonly isOpen: boolean;
  readonly unsentBytes: number;
  /** Requests that wait for their turn; null: none. */
  waitingPages: PageRequest[] | null;
  /** Calls back once when all that was written has left. */
  readonly onceDrained: (then: () => void) => void;
}

/** After so long with pages in a row, everything else has as long to itself. */
const STINT_MS = 8;

/**
 * Serves pages one a turn of the event loop, each client in its turn, half of the time at most: so joiners who catch
 * up hold up neither broadcasts nor rounds (PERFORMANCE, rule 6). A client that has not yet taken its last pages waits.
 */
export class PagePump<Reader extends PageReader> {
  readonly #serve: (reader: Reader, request: PageRequest) => void;
  readonly #maxUnsentBytes: number;
  readonly #maxWaiting: number;
  readonly #nowMs: () => number;
  readonly #ready: Reader[] = [];
  #isRunning = false;
  #stintMs = 0;

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(
    serve: (reader: Reader, request: PageRequest) => void,
    limits: { readonly maxUnsentPageBytes: number; readonly maxWaitingPages: number },
    nowMs: () => number,
  ) {
    this.#serve = serve;
    this.#maxUnsentBytes = limits.maxUnsentPageBytes;
    this.#maxWaiting = limits.maxWaitingPages;
    this.#nowMs = nowMs;
  }

  /** Takes a request, or says false where too many of this reader wait already. */
  add(reader: Reader, request: PageRequest): boolean {
    if (reader.waitingPages === null) {
      reader.waitingPages = [request];
      this.#makeReady(reader);
      return true;
    }
    if (reader.waitingPages.length >= this.#maxWaiting) return false;
    reader.waitingPages.push(request);
    return true;
  }

  #makeReady(reader: Reader): void {
    this.#ready.push(reader);
    if (this.#isRunning) return;
    this.#isRunning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    const startedMs = this.#nowMs();
    const reader = this.#ready.shift();
    if (reader !== undefined) this.#serveNext(reader);
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

  #serveNext(reader: Reader): void {
    const request = reader.waitingPages?.[0];
    if (!reader.isOpen || request === undefined) {
      reader.waitingPages = null;
      return;
    }
    if (reader.unsentBytes > this.#maxUnsentBytes) {
      reader.onceDrained(() => this.#makeReady(reader));
      return;
    }
    this.#serve(reader, request);
    reader.waitingPages?.shift();
    if (reader.waitingPages?.length === 0) reader.waitingPages = null;
    else this.#ready.push(reader);
  }
}
