import { computeProposalsRoot } from "pos-shared/chain/verify/proposalsRoot.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { getAccountAt } from "pos-shared/ledger/account-tree.ts";
import { accountsOf, type Ledger, stakeOf } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import { conforms, list } from "pos-shared/model/form.ts";
import { FULL_CHECK_PROPOSALS } from "pos-shared/model/limits.ts";
import { type Proposal, proposalForm } from "pos-shared/model/proposal.ts";
import { blockOfChain } from "../replica/block-of-chain.ts";
import type { BlockSource } from "../replica/block-source.ts";
import { pastStakes } from "../replica/past-stakes.ts";
import type { RecentBlock } from "../replica/recent-blocks.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { BlockDetail, BlockFilter, BlockRow, FoundBlocks } from "./session.ts";
import type { WonBlock } from "./winner-of.ts";

const proposalsForm = list(proposalForm);

/** Rows of the chain list, from the columns: only those that are shown. */
export function readRows({ columns, head }: VerifiedChain, from: number, to: number): readonly BlockRow[] {
  const rows: BlockRow[] = [];
  for (let index = Math.max(1, from); index <= Math.min(to, columns.length); index++) {
    const { winner, ...facts } = columns.factsAt(index);
    const account = winner === null ? undefined : getAccountAt(head.ledger.accounts, winner);
    rows.push({
      ...facts,
      winnerName: account?.name ?? null,
      winnerAddress: account === undefined ? null : addressOf(account.publicKey),
    });
  }
  return rows;
}

/** The blocks that a filter keeps. */
export function findBlocks({ columns, head }: VerifiedChain, { winner, bpm, hash }: BlockFilter): FoundBlocks {
  return columns.find({
    ...(winner === undefined ? {} : { winners: placesOf(head.ledger, winner) }),
    ...(bpm === undefined ? {} : { bpm }),
    ...(hash === undefined ? {} : { hash }),
  });
}

/** 1 at the place of each account whose name has this part in it, in whatever case. */
function placesOf(ledger: Ledger, part: string): Uint8Array {
  const wanted = part.toLowerCase();
  return Uint8Array.from(accountsOf(ledger), ({ name }) => Number(name.toLowerCase().includes(wanted)));
}

/** A block whole, fetched where it is not at hand, and checked against the hash that the chain has. */
export async function readBlock(
  chain: VerifiedChain,
  index: number,
  source: BlockSource | undefined,
): Promise<BlockDetail | undefined> {
  if (index < 1 || index > chain.columns.length) return undefined;
  const recent = chain.recent.get(index) ?? tipOf(chain, index);
  const block = recent?.block ?? (await fetchBlock(chain, index, source));
  if (block === undefined) return undefined;
  const all = recent?.hasAllProposals ? recent.proposals : await fetchProposals(block, source);
  const { genesis, chainId, rule } = chain.network;
  return {
    block,
    verified: chain.columns.verifiedAt(index),
    winnerName: readRows(chain, index, index)[0]?.winnerName ?? null,
    proposals: all ?? null,
    view: rule.viewDraw({
      genesis,
      chainId,
      block,
      proposals: all ?? recent?.proposals ?? (block.proposal === null ? [] : [block.proposal]),
      // Its hash is the chain's, and rule `seed` was checked when the chain was.
      seed: block.draw.seed,
      stakeOf: await stakesOf(chain, block, recent, all, source),
    }),
  };
}

/** The newest block with a winner, with as much of its draw as is at hand; undefined where there is none. */
export async function readLastWon(
  chain: VerifiedChain,
  source: BlockSource | undefined,
): Promise<WonBlock | undefined> {
  const index = lastWonIndex(chain);
  const known = index === 0 ? undefined : (chain.recent.get(index) ?? tipOf(chain, index));
  const block = known?.block ?? (index === 0 ? undefined : await fetchBlock(chain, index, source));
  if (block === undefined) return undefined;
  // Of an older block the stakes of those who lost are not at hand.
  const all = known === undefined || known.hasAllProposals ? undefined : await fetchProposals(block, source);
  return {
    block,
    verified: chain.columns.verifiedAt(index),
    proposals: all ?? known?.proposals ?? [],
    after: { ledger: known?.ledger ?? chain.head.ledger },
  };
}

/** 0 where no block has a winner. */
export function lastWonIndex({ columns }: VerifiedChain): number {
  let index = columns.length;
  while (index > 0 && columns.winnerAt(index) === null) index--;
  return index;
}

/** The last block of a chain that was verified before: kept whole, without its proposals. */
function tipOf({ head, headBlock }: VerifiedChain, index: number): RecentBlock | undefined {
  if (headBlock?.index !== index) return undefined;
  return { block: headBlock, proposals: [], hasAllProposals: false, ledger: head.ledger };
}

/** Stakes of the draw: known of recent blocks; of one that is too old to work them out the winner's, which stands in it. */
async function stakesOf(
  chain: VerifiedChain,
  block: Block,
  recent: RecentBlock | undefined,
  proposals: readonly Proposal[] | undefined,
  source: BlockSource | undefined,
): Promise<(publicKey: string) => number> {
  if (recent !== undefined) return (publicKey) => stakeOf(recent.ledger, publicKey);
  const past =
    proposals === undefined || source === undefined ? undefined : await pastStakes(chain, block, proposals, source);
  const { proposal, draw } = block;
  return past ?? ((publicKey) => (publicKey === proposal?.publicKey ? draw.stake : 0));
}

async function fetchBlock(
  chain: VerifiedChain,
  index: number,
  source: BlockSource | undefined,
): Promise<Block | undefined> {
  const page = await source?.blocks(index, 1);
  return page?.ok ? blockOfChain(chain, index, page.value[0]) : undefined;
}

async function fetchProposals(block: Block, source: BlockSource | undefined): Promise<readonly Proposal[] | undefined> {
  if (block.proposalCount > FULL_CHECK_PROPOSALS) return undefined;
  const fetched = await source?.proposals(block.index, block.proposalCount);
  if (!fetched?.ok || !conforms(proposalsForm, fetched.value)) return undefined;
  return computeProposalsRoot(fetched.value) === block.proposalsRoot ? fetched.value : undefined;
}
