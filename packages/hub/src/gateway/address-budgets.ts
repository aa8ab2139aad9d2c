import { addressGroup, isLoopback } from "./address.ts";
import { type Rate, TokenBucket } from "./token-bucket.ts";

/**
 * What all connections of one address may ask together; loopback may ask anything. What is refused costs nothing: a
 * class behind one address must not pay for the debts of one among them.
 */
export class AddressBudgets {
  readonly #rate: Rate;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, TokenBucket>();

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(rate: Rate, nowMs: () => number) {
    this.#rate = rate;
    this.#nowMs = nowMs;
  }

  /** Addresses that have not yet got back all that they spent. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes so many tokens, which is answered with 0; or says in how many milliseconds they are there. */
  take(address: string, cost: number): number {
    if (isLoopback(address)) return 0;
    const group = addressGroup(address);
    const nowMs = this.#nowMs();
    let bucket = this.#buckets.get(group);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#rate, nowMs);
      this.#buckets.set(group, bucket);
    }
    const waitMs = bucket.msUntil(cost, nowMs);
    if (waitMs === 0) bucket.take(cost, nowMs);
    return waitMs;
  }

  /** Forgets addresses that have everything back. To be called now and then. */
  sweep(): void {
    const nowMs = this.#nowMs();
    for (const [group, bucket] of this.#buckets) {
      if (bucket.msUntil(this.#rate.burst, nowMs) === 0) this.#buckets.delete(group);
    }
  }
}
