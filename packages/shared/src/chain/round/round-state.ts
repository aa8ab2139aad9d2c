import type { SecretKey } from "../../crypto/keys.ts";
import type { Hex } from "../../encoding/hex.ts";
import type { SeedAfter } from "../../evidence/false-claim.ts";
import type { DigestMap } from "../../ledger/digest-map.ts";
import { getAccount, type Ledger } from "../../ledger/ledger.ts";
import type { Fault } from "../../model/fault.ts";
import type { Opening } from "../../model/opening.ts";
import type { Proposal } from "../../model/proposal.ts";
import type { ProposalReceipt, TransactionReceipt } from "../../model/receipt.ts";
import type { Transaction } from "../../model/transaction.ts";
import type { RuleRound } from "../../rules/consensus-rule.ts";
import type { ChainState } from "../chain-state.ts";
import type { Network } from "../network.ts";
import type { Effect } from "./effects.ts";

/** What is fixed while a hub runs. */
export interface RoundParams {
  readonly network: Network;
  readonly hubKey: SecretKey;
  /** Length of the rounds that open from now on, in milliseconds; genesis names the usual one. */
  readonly roundMs: number;
  /** Most transactions that are accepted for one round. */
  readonly maxTransactions: number;
  /** Most transactions that wait, over all rounds. */
  readonly maxWaiting: number;
  /** Most accounts; above it nobody can join. */
  readonly maxAccounts: number;
  /** Seeds after earlier blocks, for evidence. */
  readonly seedAfter: SeedAfter;
}

/** An accepted transaction that waits for its block. */
export interface Waiting {
  readonly round: number;
  readonly leaf: Hex;
  readonly transaction: Transaction;
  readonly receipt: TransactionReceipt;
}

/** A waiting transaction that does not hold in its place any more, and why. It is tried again at the close of its round. */
export interface Aside {
  readonly waiting: Waiting;
  readonly fault: Fault;
}

/** What was promised for one coming block. */
export interface Batch {
  readonly round: number;
  /** The entries due in the round and all of the batch's transactions that hold are in. */
  readonly ledger: Ledger;
  /** All that has a receipt for the round, in order of arrival. */
  readonly waiting: readonly Waiting[];
  /** Those of them that do not hold, in the same order. */
  readonly aside: readonly Aside[];
}

export interface AcceptedProposal {
  readonly proposal: Proposal;
  readonly receipt: ProposalReceipt;
}

export interface OpenRound {
  readonly opening: Opening;
  /** By public key. */
  readonly proposals: DigestMap<AcceptedProposal>;
  readonly draw: RuleRound;
}

/** The hub's whole state, as a value. */
export interface RoundState {
  /** The chain up to the last sealed block. */
  readonly chain: ChainState;
  /** Undefined: the network is idle, and the first batch waits for the round that opens next. */
  readonly open: OpenRound | undefined;
  /** At least one: that of the open round, or of the one that opens next; then one a round. */
  readonly batches: readonly [Batch, ...Batch[]];
  /** Waiting transactions of all batches, by leaf. */
  readonly waiting: DigestMap<Waiting>;
  /** When the round before closed, by its opening, in milliseconds since 1970; undefined after a start. */
  readonly previousClosesAtMs: number | undefined;
}

/** A state and what the shell must do, in this order. */
export interface Step {
  readonly state: RoundState;
  readonly effects: readonly Effect[];
}

/** Goes on from a step; the effects add up. */
export function andThen(step: Step, next: (state: RoundState) => Step): Step {
  const following = next(step.state);
  if (following.effects.length === 0) return { state: following.state, effects: step.effects };
  if (step.effects.length === 0) return following;
  return { state: following.state, effects: [...step.effects, ...following.effects] };
}

/** The round that is open, or that opens next. */
export function currentRound(state: RoundState): number {
  return state.batches[0].round;
}

/** The ledger with everything counted that was accepted so far. */
export function workingLedger(state: RoundState): Ledger {
  return (state.batches.at(-1) ?? state.batches[0]).ledger;
}

/** How many transactions of a key wait: each raises its account's nonce by one, the join from nothing. */
export function waitingOf(state: RoundState, publicKey: Hex): number {
  const recorded = getAccount(state.chain.ledger, publicKey)?.nonce ?? 0;
  return (getAccount(workingLedger(state), publicKey)?.nonce ?? 0) - recorded;
}
