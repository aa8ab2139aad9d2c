import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";

/** What `pos-hub info` shows, and its JSON. Amounts in tokens. */
export interface NetworkFacts {
  readonly directory: string;
  /** Of the database and its log. */
  readonly bytes: number;
  readonly isRunning: boolean;
  readonly chainId: Hex;
  readonly genesis: Genesis;
  /** The last block, with its winner; null before the first. */
  readonly tip: {
    readonly index: number;
    readonly round: number;
    readonly timestamp: string;
    readonly hash: Hex;
    /** The hash as three words, to be compared by eye. */
    readonly words: string;
    readonly name: string | null;
    readonly bpm: number | null;
  } | null;
  /** The open round. */
  readonly round: { readonly round: number; readonly closesAt: string; readonly proposals: number } | null;
  /** Transactions that wait for a block. */
  readonly waiting: number;
  readonly tokens: { readonly minted: number; readonly burned: number };
  /** Most bonded first. */
  readonly accounts: readonly AccountFacts[];
}

export interface AccountFacts {
  readonly address: Hex;
  readonly publicKey: Hex;
  readonly name: string;
  readonly liquid: number;
  readonly bonded: number;
  readonly activating: number;
  readonly unbonding: number;
  readonly wins: number;
  readonly tombstoned: boolean;
}
