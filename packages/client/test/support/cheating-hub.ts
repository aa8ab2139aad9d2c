/** What a hub can do that cheats: it changes what it likes, and makes its roots, hashes and seals anew. */
import type { ChainState } from "pos-shared/chain/chain-state.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { ok } from "pos-shared/model/result.ts";
import { expect } from "vitest";
import { rootsAnew, sealAnew } from "../../../shared/test/support/reseal.ts";
import { HUB_KEY, type SimulatedHub } from "../../../shared/test/support/simulated-hub.ts";
import type { BlockSource } from "../../src/replica/block-source.ts";
import { checkEvidence } from "../../src/replica/evidence/check-evidence.ts";
import type { Alarm } from "../../src/replica/replica-events.ts";
import { ANNA, BEN, CARL, sealNext, sortedProposals, sourceOf, Watcher } from "./chain-of-simulation.ts";

/** A watcher that has followed the hub, and the next block, which it has not seen. */
export async function beforeNextBlock(
  hub: SimulatedHub,
  seal = () => sealNext(hub),
  source: Partial<BlockSource> = {},
): Promise<{ watcher: Watcher; block: Block }> {
  const watcher = Watcher.of(hub);
  await watcher.follow(hub, sourceOf(hub, source));
  const opening = hub.openings.at(-1);
  if (opening !== undefined) await watcher.replica.takeOpening(opening);
  seal();
  const block = hub.rounds.at(-1)?.block;
  if (block === undefined) throw new Error("no block was sealed");
  return { watcher, block };
}

/** What a hub can do that changes a block: hash and seal are made anew. */
export function cheat(hub: SimulatedHub, block: Block, changes: Partial<Block>): Block {
  return sealAnew(hub.network.chainId, HUB_KEY, { ...block, ...changes });
}

/** The only alarm, whose evidence anybody confirms offline, as proven as it says. */
export function confirmed(watcher: Watcher): Alarm {
  expect(watcher.alarms).toHaveLength(1);
  const [alarm] = watcher.alarms;
  if (alarm === undefined) throw new Error("no alarm");
  const elsewhere: unknown = JSON.parse(JSON.stringify(alarm.evidence));
  expect(checkEvidence(elsewhere)).toMatchObject(
    ok({ finding: { rule: alarm.finding.rule, index: alarm.finding.index }, isProven: alarm.isProven }),
  );
  return alarm;
}

const STAKES = new Map([
  [ANNA.publicKey, 100],
  [BEN.publicKey, 200],
  [CARL.publicKey, 300],
]);
export const stakeOf = (publicKey: string | undefined): number => STAKES.get(publicKey ?? "") ?? 0;

/** A proposal of the round that did not win. */
export function loserOf(hub: SimulatedHub, block: Block): Proposal {
  const loser = sortedProposals(hub, block.index).find(({ publicKey }) => publicKey !== block.proposal?.publicKey);
  if (loser === undefined) throw new Error("nobody else proposed");
  return loser;
}

/** The same round with another of its proposals as the winner; all roots and seals made anew. */
export function recordAnother(hub: SimulatedHub, block: Block, state: ChainState): Block {
  const other = loserOf(hub, block);
  const changed = {
    ...block,
    proposal: other,
    bpm: other.bpm,
    validator: addressOf(other.publicKey),
    draw: { ...block.draw, stake: stakeOf(other.publicKey) },
  };
  return resealed(hub, state, changed, sortedProposals(hub, block.index));
}

export function resealed(hub: SimulatedHub, state: ChainState, block: Block, proposals: readonly Proposal[]): Block {
  return sealAnew(hub.network.chainId, HUB_KEY, rootsAnew(hub.network, state, block, proposals, undefined));
}
