import type { Hex } from "../encoding/hex.ts";
import { anything, hex, integer, list, nullable, type Of, record, timestamp } from "./form.ts";
import { type Proposal, proposalForm } from "./proposal.ts";
import type { Transaction } from "./transaction.ts";

/** The stake lottery's part of a header (SPEC §6): seed and beacon of the round, the winner's stake, all that took part. */
export const drawForm = record({
  seed: hex(32),
  stake: integer(),
  eligibleStake: integer(),
  beacon: record({ output: hex(64), proof: hex(80) }),
});
export type Draw = Of<typeof drawForm>;

const headerFields = {
  // 0 is an integer like any other (SPEC §1): the rules `index` and `round` refuse it, not `form`.
  index: integer(),
  round: integer(),
  timestamp,
  prevHash: hex(32),
  bpm: nullable(integer()),
  validator: nullable(hex(32)),
  // The insides of the proposal and of transactions have rules of their own (SPEC §7).
  proposal: anything,
  proposalCount: integer(),
  proposalsRoot: hex(32),
  transactionCount: integer(),
  transactionsRoot: hex(32),
  ledgerRoot: hex(32),
  draw: drawForm,
};

const sealFields = { hash: hex(32), hubSignature: hex(64) };

export const blockForm = record({ ...headerFields, ...sealFields, transactions: list(anything) });

/** A block as most are: somebody won it, and it has no transactions. */
export const plainBlockForm = record({
  ...headerFields,
  bpm: integer(),
  validator: hex(32),
  proposal: proposalForm,
  ...sealFields,
  transactions: list(anything, 0),
});

/** A block without its transactions: all that the hub signed. */
export const sealedHeaderForm = record({ ...headerFields, ...sealFields });

/** Everything that a block's hash covers (SPEC §6). */
export interface Header {
  readonly index: number;
  readonly round: number;
  readonly timestamp: string;
  readonly prevHash: Hex;
  readonly bpm: number | null;
  readonly validator: Hex | null;
  readonly proposal: Proposal | null;
  readonly proposalCount: number;
  readonly proposalsRoot: Hex;
  readonly transactionCount: number;
  readonly transactionsRoot: Hex;
  readonly ledgerRoot: Hex;
  readonly draw: Draw;
}

/** A header with its hash and the hub's signature over it. */
export interface SealedHeader extends Header {
  readonly hash: Hex;
  readonly hubSignature: Hex;
}

/** A sealed block. */
export interface Block extends SealedHeader {
  readonly transactions: readonly Transaction[];
}

/** A sealed header of right form whose proposal is yet to be checked. */
export type UncheckedHeader = Of<typeof sealedHeaderForm>;

/** What a block's hash covers: the block without `hash`, `hubSignature` and `transactions`. */
export function headerOf<B extends UncheckedHeader>(
  block: B & { readonly transactions?: unknown },
): Omit<B, "hash" | "hubSignature" | "transactions"> {
  const { hash: _hash, hubSignature: _hubSignature, transactions: _transactions, ...header } = block;
  return header;
}

/** A block without its transactions. */
export function sealedHeaderOf<B extends UncheckedHeader>(
  block: B & { readonly transactions?: unknown },
): Omit<B, "transactions"> {
  const { transactions: _transactions, ...header } = block;
  return header;
}
