/** How many of the latest samples the best one is chosen from. */
const SAMPLES = 8;

interface Sample {
  readonly roundTripMs: number;
  /** The hub's clock minus this machine's monotonic one. */
  readonly offsetMs: number;
}

/**
 * The hub's clock as seen from here, from ping round trips: of the latest samples the one with the shortest trip is
 * right to half of it (as in RFC 5905 §10). Goes on by the monotonic clock, so that countdowns are right on a machine
 * whose own clock is wrong or is set meanwhile (DESIGN §9).
 */
export class HubClock {
  #samples: readonly Sample[] = [];

  /** All in milliseconds; the first two by the monotonic clock, the last one by the hub's. */
  addSample(sentAtMs: number, receivedAtMs: number, hubTimeMs: number): void {
    const roundTripMs = receivedAtMs - sentAtMs;
    const sample = { roundTripMs, offsetMs: hubTimeMs - (sentAtMs + roundTripMs / 2) };
    this.#samples = [...this.#samples, sample].slice(-SAMPLES);
  }

  /** Another connection may lead to another machine. */
  reset(): void {
    this.#samples = [];
  }

  /** The latest round trip, 0 before the first. */
  get roundTripMs(): number {
    return this.#samples.at(-1)?.roundTripMs ?? 0;
  }

  /** When, by the monotonic clock, the hub's shows this time; undefined before the first sample. */
  toMonotonicMs(hubTimeMs: number): number | undefined {
    const best = this.#best();
    return best === undefined ? undefined : hubTimeMs - best.offsetMs;
  }

  /** What the hub's clock shows at a moment of the monotonic one; undefined before the first sample. */
  toHubMs(monotonicMs: number): number | undefined {
    const best = this.#best();
    return best === undefined ? undefined : monotonicMs + best.offsetMs;
  }

  /** How far a clock of this machine is behind the hub's, given what both of its clocks show now; undefined at first. */
  offsetOf(nowMs: number, monotonicMs: number): number | undefined {
    const reachedAtMs = this.toMonotonicMs(nowMs);
    return reachedAtMs === undefined ? undefined : Math.round(monotonicMs - reachedAtMs);
  }

  #best(): Sample | undefined {
    const [first, ...others] = this.#samples;
    return others.reduce(
      (shortest, sample) => (shortest !== undefined && sample.roundTripMs > shortest.roundTripMs ? shortest : sample),
      first,
    );
  }
}
