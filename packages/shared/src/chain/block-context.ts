import { leafHash } from "../crypto/merkle.ts";
import { verifySignature } from "../crypto/signature.ts";
import { type Hex, toHex } from "../encoding/hex.ts";
import { isSignedOpening } from "../evidence/dishonest-hub.ts";
import type { SeedAfter } from "../evidence/false-claim.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { processDueEntries } from "../ledger/mature.ts";
import type { Block } from "../model/block.ts";
import type { Fault } from "../model/fault.ts";
import { type Proposal, unsigned } from "../model/proposal.ts";
import { ok, type Result } from "../model/result.ts";
import type { CheckContext, Held, Tip } from "../rules/check.ts";
import { applyTransaction, type TransactionContext } from "./apply-transaction.ts";
import { type ChainState, withKnownSeeds } from "./chain-state.ts";
import { type CheckedProposal, checkProposalAndText } from "./check-proposal.ts";
import type { Network } from "./network.ts";

export interface BlockContextInput {
  readonly network: Network;
  readonly state: ChainState;
  readonly block: Block;
  readonly held: Held;
  readonly proposals: readonly Proposal[];
  readonly seedAfter: SeedAfter;
  readonly trusted: boolean;
}

/** The first transaction of a block that does not hold, with its place in the block. */
export interface TransactionFault {
  readonly position: number;
  readonly fault: Fault;
}

/** A block with all that its checks look at; what takes work is worked out once, when a check first asks for it. */
export class BlockContext implements CheckContext {
  readonly network: Network;
  readonly genesis: CheckContext["genesis"];
  readonly chainId: Hex;
  readonly tip: Tip;
  readonly block: Block;
  readonly proposals: readonly Proposal[];
  readonly transactionContext: TransactionContext;
  /** At the tip, before the entries due by the block's round are in. */
  readonly ledgerAtTip: Ledger;
  readonly #held: Held;
  #ledgers: Result<readonly Ledger[], TransactionFault> | undefined;
  #ledgerAfter: Ledger | undefined;
  #validHeld: Held | undefined;
  #checkedProposals: readonly Result<CheckedProposal, Fault>[] | undefined;

  constructor({ network, state, block, held, proposals, seedAfter, trusted }: BlockContextInput) {
    this.network = network;
    this.genesis = network.genesis;
    this.chainId = network.chainId;
    this.tip = state.tip;
    this.block = block;
    this.proposals = proposals;
    this.transactionContext = {
      network,
      round: block.round,
      seedAfter: withKnownSeeds(network, state.tip, seedAfter),
      trusted,
    };
    this.ledgerAtTip = state.ledger;
    this.#held = held;
  }

  /** The ledger with the due entries in, then after each transaction; or the first transaction that does not hold. */
  get ledgers(): Result<readonly Ledger[], TransactionFault> {
    this.#ledgers ??= applyAll(this.transactionContext, this.ledgerAtTip, this.block);
    return this.#ledgers;
  }

  get ledgerBefore(): Ledger {
    return lastOf(this.ledgers, 0);
  }

  get ledgerAfterTransactions(): Ledger {
    return lastOf(this.ledgers, -1);
  }

  /** After the block: the reward is paid. One value for all who ask, so that its root is worked out once. */
  get ledgerAfter(): Ledger {
    this.#ledgerAfter ??= this.#payReward();
    return this.#ledgerAfter;
  }

  /** Each of the round's proposals, in their order: what it must be for the block's round on the tip, or why it is not. */
  get checkedProposals(): readonly Result<CheckedProposal, Fault>[] {
    const { network, block, tip } = this;
    this.#checkedProposals ??= this.proposals.map((one) => checkProposalAndText(network, one, block.round, tip.hash));
    return this.#checkedProposals;
  }

  #payReward(): Ledger {
    const winner = this.block.proposal?.publicKey;
    if (winner === undefined) return this.ledgerAfterTransactions;
    return this.network.rule.payReward(this.ledgerAfterTransactions, winner, this.genesis.blockReward);
  }

  get held(): Held {
    this.#validHeld ??= validHeld(this.network, this.#held);
    return this.#validHeld;
  }
}

function applyAll(
  context: TransactionContext,
  ledger: Ledger,
  block: Block,
): Result<readonly Ledger[], TransactionFault> {
  const ledgers = [processDueEntries(ledger, block.round)];
  for (const [position, transaction] of block.transactions.entries()) {
    const applied = applyTransaction(context, lastOf(ok(ledgers), -1), transaction);
    if (!applied.ok) return { ok: false, error: { position, fault: applied.error } };
    ledgers.push(applied.value);
  }
  return ok(ledgers);
}

function lastOf(ledgers: Result<readonly Ledger[], unknown>, at: number): Ledger {
  const ledger = ledgers.ok ? ledgers.value.at(at) : undefined;
  if (ledger === undefined) throw new Error("a check asked for the ledger of a block whose transactions do not hold");
  return ledger;
}

/** What of a verifier's own things says anything: signed by the hub, and each receipt for what it stands beside. */
export function validHeld({ genesis, chainId }: Network, held: Held): Held {
  const isReceipt = (tag: { round: number; signature: Hex }, named: Hex, thing: unknown): boolean =>
    named === toHex(leafHash(thing)) && verifySignature(genesis.hub, "receipt", chainId, unsigned(tag), tag.signature);
  return {
    proposals: held.proposals.filter(
      ({ proposal, receipt }) => proposal.round === receipt.round && isReceipt(receipt, receipt.leaf, proposal),
    ),
    transactions: held.transactions.filter(({ transaction, receipt }) => isReceipt(receipt, receipt.tx, transaction)),
    openings: held.openings.filter((opening) => isSignedOpening(genesis, chainId, opening)),
  };
}
