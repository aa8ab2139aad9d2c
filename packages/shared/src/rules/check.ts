/** What the checks of SPEC §7 are made of. A check reads the block and what the verifier holds; it changes nothing. */
import type { Hex } from "../encoding/hex.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Block } from "../model/block.ts";
import type { Genesis } from "../model/genesis.ts";
import type { Opening } from "../model/opening.ts";
import type { Proposal } from "../model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "../model/receipt.ts";

/** The rules of SPEC §7, in the order in which they are checked. */
export const RULE_NAMES = [
  "genesis",
  "form",
  "index",
  "prevHash",
  "round",
  "timestamp",
  "hash",
  "hubSignature",
  "seed",
  "beacon",
  "transactionCount",
  "transactionsRoot",
  "transaction",
  "proposal",
  "bpm",
  "validator",
  "stake",
  "vrf",
  "ownScore",
  "ownRound",
  "ownTransaction",
  "ledgerRoot",
  "proposals",
  "proposalCount",
  "proposalsRoot",
  "eligibleStake",
  "draw",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** What a check found: what should stand there and what does. */
export interface Finding {
  readonly expected: string | number;
  readonly actual: string | number;
  /** The leaf, hex, of the verifier's own thing on which the finding rests: a receipted proposal or transaction. */
  readonly about?: Hex;
}

/** The first failing check of a block (SPEC §7). */
export interface CheckFailure extends Finding {
  readonly rule: RuleName;
  readonly index: number;
}

/** What a verifier holds besides the chain: its own receipts, and openings. What the hub did not sign says nothing. */
export interface Held {
  readonly proposals: readonly ReceiptedProposal[];
  readonly transactions: readonly ReceiptedTransaction[];
  readonly openings: readonly Opening[];
}

export const NOTHING_HELD: Held = { proposals: [], transactions: [], openings: [] };

/** The chain as it stands before the block that is checked. */
export interface Tip {
  /** 0 for genesis. */
  readonly index: number;
  /** The chain id for genesis. */
  readonly hash: Hex;
  /** Round of the last block, 0 for genesis. */
  readonly round: number;
  /** Timestamp of the last block, `createdAt` for genesis. */
  readonly timestamp: string;
  /** The seed in force. */
  readonly seed: Hex;
}

/** All that a check may look at. */
export interface CheckContext {
  readonly genesis: Genesis;
  readonly chainId: Hex;
  readonly tip: Tip;
  readonly block: Block;
  /** After step 1 of applying the block: the entries due by its round are in. */
  readonly ledgerBefore: Ledger;
  /** After the block's transactions, before the reward. */
  readonly ledgerAfterTransactions: Ledger;
  /** Everything valid that the verifier holds: signed by the hub, and each receipt for what it stands beside. */
  readonly held: Held;
  /** All proposals of the round, in full mode; else empty. */
  readonly proposals: readonly Proposal[];
}

export interface Check {
  readonly rule: RuleName;
  /** Undefined: nothing is wrong. */
  readonly find: (context: CheckContext) => Finding | undefined;
}

/** Finds a difference between two values. */
export function differs(expected: string | number, actual: string | number): Finding | undefined {
  return expected === actual ? undefined : { expected, actual };
}
