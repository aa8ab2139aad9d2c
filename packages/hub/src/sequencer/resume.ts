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

/**
 * The latest moment that is surely past, by the stored chain, in milliseconds since 1970. When the open round began is not
 * known: `closesAt` less the length of a round would be ahead of the time where rounds were longer in the run before.
 */
export function latestMomentMs(network: Network, { block }: StoredState): number {
  return Date.parse(block?.timestamp ?? network.genesis.createdAt);
}
