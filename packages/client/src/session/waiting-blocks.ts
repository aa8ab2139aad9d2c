import type { PushedBlock } from "../replica/served-block.ts";

/** Of waiting blocks so many bytes are kept, and the newest in any case. */
const MOST_BYTES = 8 * 2 ** 20;

interface Waiting {
  /** Undefined once it was taken or forgotten. */
  pushed: PushedBlock | undefined;
  readonly bytes: number;
}

/**
 * Blocks that were pushed and wait for their turn, in bounded memory: when too many wait the oldest are forgotten, for the
 * hub serves them again to whoever sees that they are missing.
 */
export class WaitingBlocks {
  readonly #waiting = new Set<Waiting>();
  #bytes = 0;

  /** Takes the newest. Whoever calls what this returns takes it out; undefined where it was forgotten. */
  add(pushed: PushedBlock, bytes: number): () => PushedBlock | undefined {
    const own: Waiting = { pushed, bytes };
    this.#waiting.add(own);
    this.#bytes += bytes;
    for (const oldest of this.#waiting) {
      if (this.#bytes <= MOST_BYTES || oldest === own) break;
      this.#remove(oldest);
    }
    return () => {
      const taken = own.pushed;
      this.#remove(own);
      return taken;
    };
  }

  #remove(one: Waiting): void {
    if (!this.#waiting.delete(one)) return;
    this.#bytes -= one.bytes;
    one.pushed = undefined;
  }
}
