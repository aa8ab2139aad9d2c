import type { Hex } from "../encoding/hex.ts";
import type { SeedAfter } from "../evidence/false-claim.ts";
import { genesisLedger, type Ledger } from "../ledger/ledger.ts";
import type { SealedHeader } from "../model/block.ts";
import type { Tip } from "../rules/check.ts";
import type { Network } from "./network.ts";

/** The chain up to a block, as a value: what the next one is checked against. */
export interface ChainState {
  readonly tip: Tip;
  readonly ledger: Ledger;
}

/** The state before block 1 (SPEC §2): index 0, hash and seed are the chain id. */
export function genesisState({ genesis, chainId }: Network): ChainState {
  return {
    tip: { index: 0, hash: chainId, round: 0, timestamp: genesis.createdAt, seed: chainId },
    ledger: genesisLedger(genesis),
  };
}

/** The tip after a block. */
export function tipAfter(network: Network, block: SealedHeader): Tip {
  return {
    index: block.index,
    hash: block.hash,
    round: block.round,
    timestamp: block.timestamp,
    seed: network.rule.nextSeed(network.chainId, block),
  };
}

/** The seeds of one's own blocks, with those of genesis and of the tip added, which are always known. */
export function withKnownSeeds(network: Network, tip: Tip, seedAfter: SeedAfter): SeedAfter {
  return (blockHash: Hex) => {
    if (blockHash === tip.hash) return tip.seed;
    return blockHash === network.chainId ? network.chainId : seedAfter(blockHash);
  };
}
