import type { KeyContest, Session } from "./session.ts";

/**
 * A second login of a key that has a session already. The first is asked whether it still lives: a session whose
 * machine fell asleep or whose cable was pulled must not lock its owner out. Any sign of life refuses the second; none
 * in time, or the first one's end, lets it in.
 */
export class TakeOver implements KeyContest {
  readonly #first: Session;
  readonly #second: Session;
  readonly #onRefused: () => void;
  readonly #onFree: () => void;
  readonly #timer: NodeJS.Timeout;
  #isSettled = false;

  constructor(first: Session, second: Session, timeoutMs: number, onRefused: () => void, onFree: () => void) {
    this.#first = first;
    this.#second = second;
    this.#onRefused = onRefused;
    this.#onFree = onFree;
    // Timers come before sockets: after a hub that stood still, an answer may be there already and is read first.
    this.#timer = setTimeout(() => setImmediate(() => this.#settle(onFree)), timeoutMs);
    first.contest = this;
    second.contest = this;
    first.ping();
  }

  readonly onSign = (session: Session): void => {
    if (session === this.#first) this.#settle(this.#onRefused);
  };

  readonly onEnd = (session: Session): void => {
    this.#settle(session === this.#first ? this.#onFree : undefined);
  };

  #settle(then: (() => void) | undefined): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#first.contest = null;
    this.#second.contest = null;
    then?.();
  }
}
