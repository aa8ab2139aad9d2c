import type { Telemetry } from "../telemetry/telemetry.ts";
import { textFrame } from "./frame.ts";
import { inSlices } from "./in-slices.ts";

/** Who may get pushes: a session. */
export interface Subscriber {
  /** The first batch that this one has not seen in the state it was told; null: not subscribed. */
  firstBatch: number | null;
  readonly write: (frames: Buffer) => void;
}

interface Batch {
  readonly number: number;
  readonly bytes: Buffer;
  readonly frames: number;
}

/**
 * Sends pushes to all subscribers: serialised and framed once, all of one tick in one write a socket (PERFORMANCE,
 * rule 1). A subscriber gets every push that came after its subscription, in order, each once.
 */
export class FanOut {
  readonly #telemetry: Pick<Telemetry, "framesSent" | "broadcastSent">;
  readonly #lag: { maxUnsentBytes: number };
  readonly #nowMs: () => number;
  readonly #subscribers = new Set<Subscriber>();
  #frames: Buffer[] = [];
  #batches: Batch[] = [];
  #nextBatch = 0;
  #sending: Promise<void> | null = null;

  /**
   * @param lag its `maxUnsentBytes` is raised to two of the largest pushes.
   * @param nowMs a monotonic clock, milliseconds.
   */
  constructor(
    telemetry: Pick<Telemetry, "framesSent" | "broadcastSent">,
    lag: { maxUnsentBytes: number },
    nowMs: () => number,
  ) {
    this.#telemetry = telemetry;
    this.#lag = lag;
    this.#nowMs = nowMs;
  }

  /** From now on this session gets what is pushed. What was pushed before is in the state that it is told. */
  subscribe(session: Subscriber): void {
    if (session.firstBatch !== null) return;
    this.#closeBatch();
    session.firstBatch = this.#nextBatch;
    this.#subscribers.add(session);
  }

  unsubscribe(session: Subscriber): void {
    this.#subscribers.delete(session);
  }

  /** Pushes a message, given as JSON text, at the end of this tick. */
  push(text: string): void {
    const frame = textFrame(text);
    this.#lag.maxUnsentBytes = Math.max(this.#lag.maxUnsentBytes, 2 * frame.length);
    this.#frames.push(frame);
    this.#sending ??= this.#send();
  }

  /** Resolves once everything pushed so far is written. */
  async flush(): Promise<void> {
    while (this.#sending !== null) await this.#sending;
  }

  #closeBatch(): void {
    if (this.#frames.length === 0) return;
    const [only] = this.#frames;
    const bytes = this.#frames.length === 1 && only !== undefined ? only : Buffer.concat(this.#frames);
    this.#batches.push({ number: this.#nextBatch++, bytes, frames: this.#frames.length });
    this.#frames = [];
  }

  async #send(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      this.#closeBatch();
      const batch = this.#batches.shift();
      if (batch === undefined) break;
      await this.#sendBatch(batch);
    }
    this.#sending = null;
  }

  async #sendBatch(batch: Batch): Promise<void> {
    const startedMs = this.#nowMs();
    let sent = 0;
    await inSlices(this.#subscribers, (session) => {
      if (session.firstBatch === null || session.firstBatch > batch.number) return;
      session.write(batch.bytes);
      sent += batch.frames;
    });
    this.#telemetry.framesSent(sent);
    this.#telemetry.broadcastSent(this.#nowMs() - startedMs);
  }
}
