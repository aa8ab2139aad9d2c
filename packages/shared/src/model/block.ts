import type { Hex } from "../encoding/hex.ts";
import { anything, hex, integer, list, nullable, type Of, record, timestamp } from "./form.ts";
import type { Proposal } from "./proposal.ts";
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

export const blockForm = record({
  ...headerFields,
  hash: hex(32),
  hubSignature: hex(64),
  transactions: list(anything),
});

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

/** A sealed block. */
export interface Block extends Header {
  readonly hash: Hex;
  readonly hubSignature: Hex;
  readonly transactions: readonly Transaction[];
}

/** A block of right form whose proposal and transactions are yet to be checked. */
export type UncheckedBlock = Of<typeof blockForm>;

/** What a block's hash covers: the block without `hash`, `hubSignature` and `transactions`. */
export function headerOf(block: Block): Header {
  const { hash: _hash, hubSignature: _hubSignature, transactions: _transactions, ...header } = block;
  return header;
}
