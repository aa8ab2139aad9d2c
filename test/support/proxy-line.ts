import type { Socket } from "node:net";

export type Direction = "toHub" | "toClients";

/** What a stretch of network does to what passes. */
export interface Weather {
  readonly delayMs: number;
  readonly bytesPerSecond: number;
  /** Directions in which nothing gets through and nothing is said: half-open connections. */
  readonly silent: readonly Direction[];
}

/** A slow line carries its bytes in portions, so often. */
const PORTION_MS = 50;
/** As much as a line holds before it takes no more from its sender. */
const HELD_BYTES = 64 * 1024;

interface Held {
  readonly bytes: Buffer;
  readonly dueMs: number;
}

/** One direction of one connection. */
export class Line {
  onEnd: () => void = () => {};
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #direction: Direction;
  readonly #weather: () => Weather;
  #held: Held[] = [];
  #heldBytes = 0;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, direction: Direction, weather: () => Weather) {
    this.#from = from;
    this.#to = to;
    this.#direction = direction;
    this.#weather = weather;
    from.on("data", (bytes) => this.#take(bytes));
    from.on("end", () => {
      this.#hasEnded = true;
      this.pump();
    });
    from.on("error", () => this.drop());
    from.on("close", () => {
      this.#hasEnded = true;
      this.pump();
      this.onEnd();
    });
  }

  /** Ends both directions at once. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#held = [];
    this.#from.destroy();
    this.#to.destroy();
  }

  #take(bytes: Buffer): void {
    this.#held.push({ bytes, dueMs: performance.now() + this.#weather().delayMs });
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > HELD_BYTES) this.#from.pause();
    this.pump();
  }

  /** Passes on what may pass now. */
  pump(): void {
    clearTimeout(this.#timer);
    const { bytesPerSecond, silent } = this.#weather();
    if (silent.includes(this.#direction)) return;
    for (let first = this.#held[0]; first !== undefined; first = this.#held[0]) {
      const waitMs = first.dueMs - performance.now();
      if (waitMs > 0) {
        this.#later(waitMs);
        return;
      }
      const portion = Math.max(1, Math.floor((bytesPerSecond * PORTION_MS) / 1_000));
      this.#pass(first, portion);
      if (Number.isFinite(bytesPerSecond)) {
        this.#later(PORTION_MS);
        return;
      }
    }
    if (this.#hasEnded) this.#to.end();
  }

  #pass({ bytes, dueMs }: Held, portion: number): void {
    const now = bytes.subarray(0, portion);
    this.#to.write(now);
    this.#heldBytes -= now.length;
    if (now.length < bytes.length) this.#held[0] = { bytes: bytes.subarray(portion), dueMs };
    else this.#held.shift();
    if (this.#heldBytes <= HELD_BYTES) this.#from.resume();
  }

  #later(waitMs: number): void {
    this.#timer = setTimeout(() => this.pump(), waitMs);
  }
}
