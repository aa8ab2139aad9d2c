/** The worked chains of `shared/vectors` as data, and how a test walks along one. */
import { type ChainState, genesisState } from "../../src/chain/chain-state.ts";
import type { Network } from "../../src/chain/network.ts";
import { verifyGenesis } from "../../src/chain/verify/genesis.ts";
import { type Depth, verifyBlock } from "../../src/chain/verify/verify-block.ts";
import type { Hex } from "../../src/encoding/hex.ts";
import type { SeedAfter } from "../../src/evidence/false-claim.ts";
import type { Account } from "../../src/model/account.ts";
import type { Block } from "../../src/model/block.ts";
import type { Genesis } from "../../src/model/genesis.ts";
import type { Opening } from "../../src/model/opening.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { ProposalReceipt, TransactionReceipt } from "../../src/model/receipt.ts";

/** One proposal's place in a draw. The last two are decimal strings, as they pass 2^53. */
export interface WorkedEntry {
  readonly publicKey: Hex;
  readonly stake: number;
  readonly ticket: Hex;
  readonly log2: string;
  readonly score: string;
}

export interface WorkedRound {
  readonly round: number;
  readonly opening: Opening;
  readonly receipts: readonly (ProposalReceipt | TransactionReceipt)[];
  readonly seed: Hex;
  readonly proposals: readonly Proposal[];
  readonly rejectedDraws: readonly (readonly WorkedEntry[])[];
  readonly draws: readonly WorkedEntry[];
  readonly block: Block | null;
  readonly nextSeed: Hex;
}

export interface WorkedChain {
  readonly keys: readonly {
    readonly name: string;
    readonly seed: Hex;
    readonly publicKey: Hex;
    readonly address: Hex;
  }[];
  readonly genesis: Genesis;
  readonly chainId: Hex;
  readonly rounds: readonly WorkedRound[];
  readonly finalAccounts: readonly Account[];
  readonly minted: number;
  readonly burned: number;
  readonly lastSeed: Hex;
}

/** A chain as far as a verifier has come: the state after each block, and the seeds that they left. */
export interface VerifiedChain {
  readonly network: Network;
  /** Before block 1, then after each block; so the state that block i is checked against has index i − 1. */
  readonly states: readonly ChainState[];
  readonly seedAfter: SeedAfter;
}

/** A sealed block with all proposals of its round. */
export interface BlockWithProposals {
  readonly block: Block;
  readonly proposals?: readonly Proposal[];
}

/** The sealed blocks of a worked chain, in order. */
export function sealedBlocks(chain: WorkedChain): (WorkedRound & { readonly block: Block })[] {
  return chain.rounds.flatMap((round) => (round.block === null ? [] : [{ ...round, block: round.block }]));
}

/**
 * Verifies blocks from genesis on, to a depth.
 *
 * @throws Error naming the rule, if genesis or a block fails.
 */
export function verifyChain(genesis: unknown, blocks: readonly BlockWithProposals[], depth: Depth): VerifiedChain {
  const opened = verifyGenesis(genesis);
  if (!opened.ok) throw new Error(`genesis fails: ${JSON.stringify(opened.error)}`);
  const network = opened.value;
  const seeds = new Map<Hex, Hex>();
  const seedAfter: SeedAfter = (hash) => seeds.get(hash);
  let state = genesisState(network);
  const states = [state];
  for (const { block, proposals = [] } of blocks) {
    const verified = verifyBlock({ network, state, block, depth, proposals, seedAfter });
    if (!verified.ok) throw new Error(`block ${block.index} fails: ${JSON.stringify(verified.error)}`);
    state = verified.value;
    seeds.set(state.tip.hash, state.tip.seed);
    states.push(state);
  }
  return { network, states, seedAfter };
}

/** The state of a chain before a block, and only the seeds that were known by then. */
export function stateBefore(chain: VerifiedChain, index: number): { state: ChainState; seedAfter: SeedAfter } {
  const state = chain.states[index - 1];
  if (state === undefined) throw new Error(`no state before block ${index}`);
  const known = new Set(chain.states.slice(0, index).map(({ tip }) => tip.hash));
  return { state, seedAfter: (hash) => (known.has(hash) ? chain.seedAfter(hash) : undefined) };
}
