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
    this.#tokens = this.#tokensAt(nowMs) - cost;
    this.#filledAtMs = nowMs;
    if (this.#tokens >= 0) return "pass";
    return this.#tokens < -2 * this.#rate.burst ? "close" : "refuse";
  }

  /** Milliseconds until so many tokens are there; 0: they are. What costs more than a burst is there with a full one. */
  msUntil(cost: number, nowMs: number): number {
    const { perSecond, burst } = this.#rate;
    const missing = Math.min(cost, burst) - this.#tokensAt(nowMs);
    return missing <= 0 ? 0 : Math.ceil((missing * MS_PER_SECOND) / perSecond);
  }

  #tokensAt(nowMs: number): number {
    const { perSecond, burst } = this.#rate;
    return Math.min(burst, this.#tokens + ((nowMs - this.#filledAtMs) * perSecond) / MS_PER_SECOND);
  }
}
