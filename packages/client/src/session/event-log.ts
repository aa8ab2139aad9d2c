import { lineOfEvent } from "../words/events.ts";
import type { ClientEvent, LogLine } from "./session.ts";

const KEPT_LINES = 300;

/** Passes the events of a client on, in order, and keeps the lines that they make in a log. */
export class EventLog {
  readonly #listeners = new Set<(event: ClientEvent) => void>();
  readonly #nowMs: () => number;
  #lines: readonly LogLine[] = [];

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Oldest first. */
  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  listen(listener: (event: ClientEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: ClientEvent): void {
    const line = lineOfEvent(event);
    if (line !== undefined) this.#lines = [...this.#lines, { ...line, atMs: this.#nowMs() }].slice(-KEPT_LINES);
    for (const listener of this.#listeners) listener(event);
  }
}
