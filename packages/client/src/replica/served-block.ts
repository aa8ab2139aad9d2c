import type { Hex } from "pos-shared/encoding/hex.ts";

/** The last block of a chain; index 0 and the chain id before block 1. */
export interface Tip {
  readonly index: number;
  readonly hash: Hex;
}

/** A block that was pushed, with the lowest of its draw, as the hub says. */
export interface PushedBlock {
  readonly block: unknown;
  readonly lowest: readonly unknown[];
}

/** A block as it came; its round's proposals where they came too. */
export interface ServedBlock {
  readonly block: unknown;
  readonly proposals: readonly unknown[] | undefined;
}
