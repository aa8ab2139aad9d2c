import type { Hex } from "pos-shared/encoding/hex.ts";
import { getAccountByAddress, type Ledger, stakeOf } from "pos-shared/ledger/ledger.ts";
import { compareEntries, drawEntry } from "pos-shared/lottery/entry.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { formatScore, formatScores } from "pos-shared/rules/stake-lottery/draw-view.ts";
import type { Verified } from "../replica/verified.ts";
import type { Winner } from "./session.ts";

/** A verified block with what its draw is recomputed from. */
export interface WonBlock {
  readonly block: Block;
  readonly verified: Verified;
  /** The lowest of its draw as far as known. */
  readonly proposals: readonly Proposal[];
  readonly after: { readonly ledger: Ledger };
}

/** The winner of a verified block, with its score and the next best one; null in a block without one. */
export function winnerOf(chainId: Hex, added: WonBlock, ownKeys: ReadonlySet<Hex>): Winner | null {
  const { block, verified, after, proposals } = added;
  const { proposal, validator, bpm, index, round, hash, draw } = block;
  if (proposal === null || validator === null || bpm === null) return null;
  const beacon = draw.beacon.output;
  const [runnerUp] = proposals
    .filter(({ publicKey }) => publicKey !== proposal.publicKey)
    .map((other) => ({ other, stake: stakeOf(after.ledger, other.publicKey) }))
    .filter(({ stake }) => stake > 0)
    .map(({ other, stake }) => drawEntry(chainId, beacon, other, stake))
    .sort(compareEntries);
  const { score } = drawEntry(chainId, beacon, proposal, draw.stake);
  const [ownScore, nextScore] = runnerUp === undefined ? [formatScore(score)] : formatScores(score, runnerUp.score);
  return {
    index,
    round,
    hash,
    publicKey: proposal.publicKey,
    validator,
    name: getAccountByAddress(after.ledger, validator)?.name ?? "",
    bpm,
    stake: draw.stake,
    eligibleStake: draw.eligibleStake,
    score: ownScore,
    runnerUpScore: nextScore ?? null,
    isAlone: draw.stake === draw.eligibleStake,
    isMe: ownKeys.has(proposal.publicKey),
    verified,
  };
}
