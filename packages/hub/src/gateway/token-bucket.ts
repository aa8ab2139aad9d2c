/** How much one connection may ask. */
export interface Rate {
  /** Tokens that come back in a second. */
  readonly perSecond: number;
  /** Tokens of a connection that was quiet. */
  readonly burst: number;
}

export type Verdict = "pass" | "refuse" | "close";

const MS_PER_SECOND = 1_000;

/**
 * A token bucket without a timer. What is refused is charged all the same, so that a sender who does not slow down
 * runs into debt; two bursts of debt close the connection.
 */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAtMs: number;

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAtMs = nowMs;
  }

  take(cost: number, nowMs: number): Verdict {
    const { perSecond, burst } = this.#rate;
    const earned = ((nowMs - this.#filledAtMs) * perSecond) / MS_PER_SECOND;
    this.#tokens = Math.min(burst, this.#tokens + earned) - cost;
    this.#filledAtMs = nowMs;
    if (this.#tokens >= 0) return "pass";
    return this.#tokens < -2 * burst ? "close" : "refuse";
  }
}
