/**
 * Calls back after something was marked: at once where the last call is long enough ago, else when it is. What several
 * marked comes in the same call, so that their pushes are one write a socket (PERFORMANCE, rule 1).
 */
export class Coalescer {
  readonly #intervalMs: number;
  readonly #nowMs: () => number;
  readonly #marked = new Set<() => void>();
  #lastMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(intervalMs: number, nowMs: () => number) {
    this.#intervalMs = intervalMs;
    this.#nowMs = nowMs;
  }

  /** @param flush called once, however often it was marked meanwhile */
  mark(flush: () => void): void {
    this.#marked.add(flush);
    if (this.#timer !== null) return;
    // Never in this very tick: more of the same mostly comes with it.
    this.#timer = setTimeout(this.#onTime, Math.max(0, this.#lastMs + this.#intervalMs - this.#nowMs()));
  }

  /** Forgets that this was marked. */
  cancel(flush: () => void): void {
    this.#marked.delete(flush);
    if (this.#marked.size > 0 || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #onTime = (): void => {
    this.#timer = null;
    this.#lastMs = this.#nowMs();
    const marked = [...this.#marked];
    this.#marked.clear();
    for (const flush of marked) flush();
  };
}
