import type { Cancel, Runtime } from "../../src/runtime.ts";

interface Timer {
  readonly atMs: number;
  readonly action: () => void;
}

/** Turns of the event loop after which something that should have happened will not. */
const MANY_TURNS = 20_000;

/** A clock in the test's hands: time passes only when it says so. */
export class FakeRuntime implements Runtime {
  #elapsedMs = 0;
  #wallOffsetMs: number;
  #timers: Timer[] = [];
  #randomState: number;
  /** How often long work let others have their turn. */
  gaveWay = 0;
  /** Tasks for whose time the heap may grow: begun and ended. */
  readonly growths = { begun: 0, ended: 0 };

  /** @param startMs what the machine's own clock shows at first */
  constructor(startMs = Date.parse("2026-01-01T00:00:00.000Z"), seed = 1) {
    this.#wallOffsetMs = startMs;
    this.#randomState = seed;
  }

  readonly nowMs = (): number => this.#wallOffsetMs + this.#elapsedMs;
  readonly monotonicMs = (): number => this.#elapsedMs;

  readonly schedule = (delayMs: number, action: () => void): Cancel => {
    const timer = { atMs: this.#elapsedMs + Math.max(0, delayMs), action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** A small generator (mulberry32), the same in every run. */
  readonly random = (): number => {
    this.#randomState = (this.#randomState + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#randomState ^ (this.#randomState >>> 15), 1 | this.#randomState);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };

  readonly giveWay = (): Promise<void> => {
    this.gaveWay++;
    return turn();
  };

  readonly letHeapGrow = (): (() => void) => {
    this.growths.begun++;
    return () => this.growths.ended++;
  };

  /** Somebody sets the machine's clock. */
  setWallClock(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** Milliseconds until the next timer, undefined where there is none. */
  get nextTimerMs(): number | undefined {
    const next = this.#earliest();
    return next === undefined ? undefined : next.atMs - this.#elapsedMs;
  }

  /** Lets time pass: what is due happens in its order, each with all that follows from it. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#elapsedMs + ms;
    await settle();
    for (let next = this.#earliest(); next !== undefined && next.atMs <= endMs; next = this.#earliest()) {
      const due = next;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#elapsedMs = Math.max(this.#elapsedMs, due.atMs);
      due.action();
      await settle();
    }
    this.#elapsedMs = endMs;
    await settle();
  }

  /** Lets time pass in small steps until something holds. */
  async advanceUntil(holds: () => boolean, stepMs = 50): Promise<void> {
    for (let steps = 0; !holds(); steps++) {
      if (steps > 2_000) throw new Error(`it did not come about: ${holds}`);
      await this.advance(stepMs);
    }
  }

  #earliest(): Timer | undefined {
    return this.#timers.reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
      undefined,
    );
  }
}

/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 8; turns++) await turn();
}

/** Waits, without any time passing, for what the disk does. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns++) {
    if (turns > MANY_TURNS) throw new Error(`it did not come about: ${holds}`);
    await turn();
  }
}
