/**
 * Takes back from clients what a hub that was restored from an older backup has lost (DESIGN §9): sealed blocks, the
 * opening of the unfinished round, and what it gave receipts for. Each is taken for what its signatures prove.
 */

import { validHeld } from "pos-shared/chain/block-context.ts";
import type { ChainState } from "pos-shared/chain/chain-state.ts";
import { checkProposalAndText } from "pos-shared/chain/check-proposal.ts";
import { type Resumed, resumeRounds } from "pos-shared/chain/round/round-machine.ts";
import type { RoundParams, RoundState } from "pos-shared/chain/round/round-state.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import { isSealedBlock, isSignedOpening } from "pos-shared/evidence/dishonest-hub.ts";
import { changedAccounts, EMPTY_ACCOUNT_TREE } from "pos-shared/ledger/account-tree.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms, record } from "pos-shared/model/form.ts";
import { openingForm } from "pos-shared/model/opening.ts";
import { proposalForm } from "pos-shared/model/proposal.ts";
import { proposalReceiptForm, transactionReceiptForm } from "pos-shared/model/receipt.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";
import { NOTHING_HELD } from "pos-shared/rules/check.ts";
import type { Store } from "../store/store.ts";
import type { RestoreKind } from "./hub-port.ts";
import { findUnbondedProposal, type Missing } from "./missing.ts";
import { resumeFrom } from "./resume.ts";

const ownProposalForm = record({ proposal: proposalForm, receipt: proposalReceiptForm });
const ownTransactionForm = record({ transaction: transactionForm, receipt: transactionReceiptForm });

export class Recovery {
  readonly #params: RoundParams;
  readonly #store: Store;
  readonly #onBlock: (block: Block) => void;
  #resumed: Resumed;
  /** A sealed block that clients know and this store does not, by its hash: its index. */
  readonly #unknown = new Map<string, number>();
  #blocks = 0;

  /** @param onBlock told of each block that came back, in order, when it is durable */
  constructor(params: RoundParams, store: Store, onBlock: (block: Block) => void) {
    this.#params = params;
    this.#store = store;
    this.#onBlock = onBlock;
    this.#resumed = resumeFrom(params.network, store.load());
  }

  /** What the hub would go on from now; made anew at each call, which takes as long as a start. */
  get state(): RoundState {
    return resumeRounds(this.#params, this.#resumed).state;
  }

  /** How many blocks came back. */
  get blocks(): number {
    return this.#blocks;
  }

  /** What is known to be lost, and did not come back; undefined where there is nothing. */
  get missing(): Missing | undefined {
    for (const [hash, index] of this.#unknown) {
      if (this.#store.seedAfter(hash) === undefined) return { code: "HUB_BEHIND", index };
    }
    return findUnbondedProposal(this.#params, this.state);
  }

  /** A client has shown a block that this hub sealed and does not have. */
  noteMissing(tip: { readonly index: number; readonly hash: string }): void {
    this.#unknown.set(tip.hash, tip.index);
  }

  /** Takes one thing back; it is durable then. Says false where it is not what is missing. */
  take(kind: RestoreKind, value: unknown): boolean {
    switch (kind) {
      case "block":
        return this.#takeBlock(value);
      case "opening":
        return this.#takeOpening(value);
      case "proposal":
        return this.#takeProposal(value);
      case "transaction":
        return this.#takeTransaction(value);
    }
  }

  #takeBlock(value: unknown): boolean {
    const { network } = this.#params;
    if (!conforms(blockForm, value) || !hasCanonicalForm(value)) return false;
    const block = value as Block;
    if (!isSealedBlock(network.genesis, network.chainId, block)) return false;
    if (this.#store.seedAfter(block.hash) !== undefined) return true;
    this.noteMissing(block);
    const before = this.#resumed.chain;
    const verified = verifyBlock({ network, state: before, block, depth: "replica", seedAfter: this.#store.seedAfter });
    if (!verified.ok) return false;
    this.#keepBlock(block, before, verified.value);
    return true;
  }

  #keepBlock(block: Block, before: ChainState, after: ChainState): void {
    const isFirst = block.index === 1;
    this.#store.commitRestored({
      kind: "block",
      block,
      nextSeed: after.tip.seed,
      accounts: changedAccounts(isFirst ? EMPTY_ACCOUNT_TREE : before.ledger.accounts, after.ledger.accounts),
      minted: after.ledger.minted,
      burned: after.ledger.burned,
    });
    const { waiting } = this.#resumed;
    this.#resumed = {
      chain: after,
      lastRound: block.round,
      opening: null,
      proposals: [],
      waiting: waiting.filter(({ round }) => round > block.round),
    };
    this.#blocks += 1;
    this.#onBlock(block);
  }

  /** The latest one on the last block: the round in which the hub was lost. */
  #takeOpening(value: unknown): boolean {
    const { genesis, chainId } = this.#params.network;
    const { chain, opening, lastRound } = this.#resumed;
    if (!conforms(openingForm, value) || !isSignedOpening(genesis, chainId, value)) return false;
    if (value.prevHash !== chain.tip.hash || value.round <= lastRound) return false;
    if (opening !== null && value.round <= opening.round) return value.signature === opening.signature;
    this.#store.commit([{ kind: "opening", opening: value }]);
    this.#resumed = { ...this.#resumed, opening: value, proposals: [] };
    return true;
  }

  #takeProposal(value: unknown): boolean {
    const { network } = this.#params;
    const { opening, proposals } = this.#resumed;
    if (!conforms(ownProposalForm, value) || opening === null) return false;
    const { proposal, receipt } = value;
    if (receipt.round !== opening.round || !isHeld(network, { proposals: [value] })) return false;
    const checked = checkProposalAndText(network, proposal, opening.round, opening.prevHash);
    if (!checked.ok) return false;
    if (proposals.some((other) => other.proposal.publicKey === proposal.publicKey)) return true;
    const { text } = checked.value;
    this.#store.commit([{ kind: "proposal", round: receipt.round, text, receipt }]);
    this.#resumed = { ...this.#resumed, proposals: [...proposals, value] };
    return true;
  }

  #takeTransaction(value: unknown): boolean {
    const { network } = this.#params;
    const { chain, waiting } = this.#resumed;
    if (!conforms(ownTransactionForm, value)) return false;
    const { transaction, receipt } = value;
    if (receipt.round <= chain.tip.round || !isHeld(network, { transactions: [value] })) return false;
    const item = { round: receipt.round, leaf: receipt.tx, transaction, receipt };
    if (waiting.some(({ leaf }) => leaf === item.leaf)) return true;
    this.#store.commit([{ kind: "transaction", ...item }]);
    this.#resumed = { ...this.#resumed, waiting: [...waiting, item].sort((a, b) => a.round - b.round) };
    return true;
  }
}

function isHeld(network: Parameters<typeof validHeld>[0], held: Partial<Parameters<typeof validHeld>[1]>): boolean {
  const valid = validHeld(network, { ...NOTHING_HELD, ...held });
  return valid.proposals.length + valid.transactions.length === 1;
}
