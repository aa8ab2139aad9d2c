import type { Runtime } from "../runtime.ts";

/** Longest stretch of work before everything else has its turn. */
const SLICE_MS = 10;

/** Cuts long work into slices, so that keys and messages are never kept waiting. */
export class TimeSlices {
  readonly #runtime: Runtime;
  #startedAtMs: number;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#startedAtMs = runtime.monotonicMs();
  }

  /** To be called between two pieces of the work. */
  async pause(): Promise<void> {
    if (this.#runtime.monotonicMs() - this.#startedAtMs < SLICE_MS) return;
    await this.#runtime.giveWay();
    this.#startedAtMs = this.#runtime.monotonicMs();
  }
}
