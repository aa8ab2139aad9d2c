import { genesisState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Resumed } from "pos-shared/chain/round/round-machine.ts";
import { restoreLedger } from "pos-shared/ledger/ledger.ts";
import type { StoredState } from "../store/store.ts";

/** What the round machine goes on from, out of what the store kept. */
export function resumeFrom(network: Network, stored: StoredState): Resumed {
  const { block, seed } = stored;
  const chain =
    block === null
      ? genesisState(network)
      : {
          tip: { index: block.index, hash: block.hash, round: block.round, timestamp: block.timestamp, seed },
          ledger: restoreLedger(stored.accounts, stored.minted, stored.burned),
        };
  return {
    chain,
    lastRound: stored.lastRound,
    opening: stored.opening,
    proposals: stored.proposals,
    waiting: stored.transactions,
  };
}

/** The latest moment that the stored chain names, in milliseconds since 1970; the start of an open round counts. */
export function latestMomentMs(network: Network, { block, opening }: StoredState, roundMs: number): number {
  const sealedMs = Date.parse(block?.timestamp ?? network.genesis.createdAt);
  const openedMs = opening === null ? 0 : Date.parse(opening.closesAt) - roundMs;
  return Math.max(sealedMs, openedMs);
}
