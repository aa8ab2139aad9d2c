/**
 * What the round machine asks of the shell, as data. The shell performs the effects of an input in their order:
 * persist, then acknowledge, then broadcast (DESIGN §3).
 */
import type { Hex } from "../../encoding/hex.ts";
import type { Account } from "../../model/account.ts";
import type { Block } from "../../model/block.ts";
import type { EvidenceKind } from "../../model/evidence.ts";
import type { Fault, FaultCode } from "../../model/fault.ts";
import type { Opening } from "../../model/opening.ts";
import type { Proposal } from "../../model/proposal.ts";
import type { ProposalReceipt, TransactionReceipt } from "../../model/receipt.ts";
import type { Transaction } from "../../model/transaction.ts";

/** Something to make durable. Records of one commit are durable together or not at all. */
export type PersistRecord =
  | { readonly kind: "opening"; readonly opening: Opening }
  /** An accepted proposal, or (without a receipt) another one signed for the same round. Each once. */
  | {
      readonly kind: "proposal";
      readonly round: number;
      /** Its canonical JSON, which is stored as it is. */
      readonly text: string;
      readonly receipt: ProposalReceipt | null;
    }
  /** An accepted transaction that waits for the block of `round`. */
  | {
      readonly kind: "transaction";
      readonly round: number;
      readonly leaf: Hex;
      readonly transaction: Transaction;
      readonly receipt: TransactionReceipt;
    }
  /** A sealed block. Nothing waits for its round any more; `accounts` are those that it changed, by their place in the ledger. */
  | {
      readonly kind: "block";
      readonly block: Block;
      readonly nextSeed: Hex;
      readonly accounts: readonly { readonly position: number; readonly account: Account }[];
      readonly minted: number;
      readonly burned: number;
    }
  /** A round ended without a block. Nothing waits for it any more. */
  | { readonly kind: "roundEnded"; readonly round: number };

/** Codes of a refusal that a hub gives by its own limits and state, beside those of the rules. */
export type RefusalCode = FaultCode | "NO_OPEN_ROUND" | "NETWORK_FULL" | "QUEUE_FULL";

/** The answer to one message, for who handed it in. */
export type Answer =
  | { readonly kind: "accepted"; readonly receipt: ProposalReceipt }
  | { readonly kind: "receipted"; readonly receipt: TransactionReceipt }
  | { readonly kind: "refused"; readonly fault: Fault<RefusalCode> };

/** News for everybody. */
export type Broadcast =
  | { readonly kind: "opening"; readonly opening: Opening; readonly validators: number; readonly stake: number }
  | { readonly kind: "block"; readonly block: Block; readonly lowest: readonly Proposal[] }
  | { readonly kind: "idle"; readonly round: number }
  | { readonly kind: "proposal"; readonly round: number; readonly proposal: Proposal; readonly proposals: number }
  | { readonly kind: "joined"; readonly account: Account }
  | { readonly kind: "account"; readonly account: Account; readonly cause: "bond" | "unbond" | "transfer" }
  | {
      readonly kind: "slashed";
      readonly publicKey: Hex;
      readonly name: string;
      readonly evidence: EvidenceKind;
      readonly amount: number;
      readonly round: number;
    }
  /** A promised transaction stands in no block, and none will carry it: it became invalid before its round closed. */
  | { readonly kind: "dropped"; readonly leaf: Hex; readonly transaction: Transaction; readonly fault: Fault };

export type Effect =
  | { readonly kind: "persist"; readonly record: PersistRecord }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "broadcast"; readonly broadcast: Broadcast };
