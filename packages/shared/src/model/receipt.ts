import { hex, integer, type Of, record } from "./form.ts";
import type { Proposal } from "./proposal.ts";
import type { Transaction } from "./transaction.ts";

export const proposalReceiptForm = record({ round: integer(1), leaf: hex(32), signature: hex(64) });
/** The hub's signature that it accepted a proposal; `leaf` = hex of leaf(proposal) (SPEC §4). */
export type ProposalReceipt = Of<typeof proposalReceiptForm>;

export const transactionReceiptForm = record({ round: integer(1), tx: hex(32), signature: hex(64) });
/** The hub's signature that the block of `round` will carry a transaction; `tx` = hex of leaf(transaction) (SPEC §4). */
export type TransactionReceipt = Of<typeof transactionReceiptForm>;

/** A proposal with its receipt, as its author keeps it. */
export interface ReceiptedProposal {
  readonly proposal: Proposal;
  readonly receipt: ProposalReceipt;
}

/** A transaction with its receipt, as who handed it in keeps it. */
export interface ReceiptedTransaction {
  readonly transaction: Transaction;
  readonly receipt: TransactionReceipt;
}
