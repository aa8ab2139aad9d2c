/** Calls `flush` after something was marked: at once where the last call is long enough ago, else when it is. */
export class Coalescer {
  readonly #flush: () => void;
  readonly #intervalMs: number;
  readonly #nowMs: () => number;
  #lastMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(flush: () => void, intervalMs: number, nowMs: () => number) {
    this.#flush = flush;
    this.#intervalMs = intervalMs;
    this.#nowMs = nowMs;
  }

  mark(): void {
    if (this.#timer !== null) return;
    // Never in this very tick: more of the same mostly comes with it.
    this.#timer = setTimeout(this.#onTime, Math.max(0, this.#lastMs + this.#intervalMs - this.#nowMs()));
  }

  /** Forgets what was marked. */
  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #onTime = (): void => {
    this.#timer = null;
    this.#lastMs = this.#nowMs();
    this.#flush();
  };
}
