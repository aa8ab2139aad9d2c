/**
 * The hub's clock: wall time read once, then carried on by the monotonic clock, so that it never jumps and never goes
 * back while the hub runs (DESIGN §7).
 */
export interface HubClock {
  /** Milliseconds since 1970, integral. */
  readonly nowMs: () => number;
  /** Milliseconds of the monotonic clock, for durations. */
  readonly elapsedMs: () => number;
}

/** @param notBeforeMs the latest moment that the chain names: a machine whose clock was set back goes on from there */
export function startClock(notBeforeMs: number): HubClock {
  const offsetMs = Math.max(Date.now(), notBeforeMs) - performance.now();
  return { nowMs: () => Math.floor(performance.now() + offsetMs), elapsedMs: () => performance.now() };
}
