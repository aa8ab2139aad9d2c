import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Result } from "pos-shared/model/result.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";

/** Refused by who has the chain, or not to be reached. */
export type SourceFailure =
  | { readonly kind: "refused"; readonly fault: ErrorFacts }
  | { readonly kind: "lost"; readonly reason: string };

/** An inclusion proof (RFC 9162) as it came. */
export interface ServedProof {
  readonly position: number;
  readonly proposal: unknown;
  readonly path: readonly Hex[];
}

/** A page of blocks as text that was asked for. */
export interface AskedTexts {
  /** How many were asked for: at most the limit, and no more than the line brings in a moment. Fewer may come. */
  readonly blocks: number;
  /** The blocks in their order, with commas between them. */
  readonly texts: Promise<Result<Buffer, SourceFailure>>;
}

/** Where blocks come from: a hub or a file. What comes is believed nowhere. */
export interface BlockSource {
  /** A page of blocks from an index on, ascending; empty where there are none yet. */
  readonly blocks: (from: number, limit: number) => Promise<Result<readonly unknown[], SourceFailure>>;
  /** The same as text, where the source has it so: for who looks through many without making objects of them. */
  readonly blockTexts?: (from: number, limit: number) => AskedTexts;
  /** The proposals of a block's round: all of them, where they are as many as the block says (`count`). */
  readonly proposals: (index: number, count: number) => Promise<Result<readonly unknown[], SourceFailure>>;
  /** Proofs of the proposals at some places, and of one key's. */
  readonly prove: (
    index: number,
    positions: readonly number[],
    publicKey: Hex | null,
  ) => Promise<Result<readonly ServedProof[], SourceFailure>>;
}
