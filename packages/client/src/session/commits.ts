import type { Runtime } from "../runtime.ts";

/** A screen is given a new state at most ten times a second (TUI, rule 6). */
const LEAST_INTERVAL_MS = 100;

/** Lets listeners know of changes: the first at once, those that follow it closely together. */
export class Commits {
  readonly #runtime: Runtime;
  readonly #commit: () => void;
  readonly #listeners = new Set<() => void>();
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #isScheduled = false;

  /** @param commit replaces the state before listeners are told */
  constructor(runtime: Runtime, commit: () => void) {
    this.#runtime = runtime;
    this.#commit = commit;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something changed. */
  note(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const waitMs = Math.max(0, this.#lastAtMs + LEAST_INTERVAL_MS - this.#runtime.monotonicMs());
    // Even the first after a pause waits for what else happens in this turn.
    this.#runtime.schedule(waitMs, () => {
      this.#isScheduled = false;
      this.#lastAtMs = this.#runtime.monotonicMs();
      this.#commit();
      for (const listener of this.#listeners) listener();
    });
  }
}
