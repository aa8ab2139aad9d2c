/** Pages of blocks that are verified apart from the chain: on their own, from a state that comes with them. */
import type { ChainState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import { accountsOf, restoreLedger } from "pos-shared/ledger/ledger.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { ServedBlock } from "../served-block.ts";

/** A chain's state without its trees, as it goes from one thread to another. */
export interface PackedState {
  readonly tip: ChainState["tip"];
  readonly accounts: readonly Account[];
  readonly minted: number;
  readonly burned: number;
}

export interface PageJob {
  /** Before the first block. */
  readonly start: PackedState;
  readonly blocks: readonly ServedBlock[];
}

export function packState({ tip, ledger }: ChainState): PackedState {
  return { tip, accounts: accountsOf(ledger), minted: ledger.minted, burned: ledger.burned };
}

/**
 * Does every block of the page follow its state by all rules: in full where its proposals came with it, else to depth
 * `replica` (SPEC §7)? Nothing but the page is looked at, so a block may fail here that passes where more is known
 * (evidence of older blocks); whoever asks looks at such a page again.
 */
export function isPageRight(network: Network, { start, blocks }: PageJob): boolean {
  const { tip, accounts, minted, burned } = start;
  let state: ChainState = { tip, ledger: restoreLedger(accounts, minted, burned) };
  for (const { block, proposals } of blocks) {
    const input = { network, state, block, seedAfter: () => undefined };
    const result = verifyBlock(
      proposals === undefined ? { ...input, depth: "replica" } : { ...input, depth: "full", proposals },
    );
    if (!result.ok) return false;
    state = result.value;
  }
  return true;
}
