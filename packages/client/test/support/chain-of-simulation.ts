/** A simulated hub's chain as a source of blocks, and a replica that follows it. */

import type { SecretKey } from "pos-shared/crypto/keys.ts";
import { inclusionProof, leafHash } from "pos-shared/crypto/merkle.ts";
import { err, ok } from "pos-shared/model/result.ts";
import { keyOf, SimulatedHub, type SimulationOptions } from "../../../shared/test/support/simulated-hub.ts";
import type { BlockSource } from "../../src/replica/block-source.ts";
import { Replica } from "../../src/replica/replica.ts";
import type { Alarm, VerifiedBlock } from "../../src/replica/replica-events.ts";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { FakeRuntime } from "./fake-runtime.ts";

export const [ANNA, BEN, CARL] = [keyOf(11), keyOf(12), keyOf(13)];

/** A hub of three validators, with so many blocks sealed. */
export function hubWithBlocks(blocks: number, options: SimulationOptions = {}): SimulatedHub {
  const hub = new SimulatedHub(options);
  hub.join(ANNA, "anna", 100);
  hub.join(BEN, "ben", 200);
  hub.join(CARL, "carl", 300);
  for (let i = 0; i < blocks; i++) sealNext(hub);
  return hub;
}

/** All three propose, and the round closes. */
export function sealNext(hub: SimulatedHub, keys: readonly SecretKey[] = [ANNA, BEN, CARL]): void {
  for (const [i, key] of keys.entries()) hub.propose(key, 60 + i);
  hub.close();
}

/** What was asked of a source, as `blocks 1`, `proposals 3`. */
export interface WatchedSource extends BlockSource {
  readonly asked: string[];
}

export function sourceOf(hub: SimulatedHub, changes: Partial<BlockSource> = {}): WatchedSource {
  const asked: string[] = [];
  const honest: BlockSource = {
    blocks: async (from, limit) =>
      ok(hub.rounds.slice(from - 1, from - 1 + Math.min(limit, 64)).map(({ block }) => block)),
    proposals: async (index) => ok(sortedProposals(hub, index)),
    prove: async (index, positions, publicKey) => {
      const proposals = sortedProposals(hub, index);
      const leaves = proposals.map(leafHash);
      const own = proposals.findIndex((proposal) => proposal.publicKey === publicKey);
      const wanted = publicKey === null ? [...positions] : [...positions, own];
      if (wanted.some((position) => proposals[position] === undefined)) {
        return err({ kind: "refused", fault: { code: "NOT_FOUND" } });
      }
      return ok(
        wanted.map((position) => ({
          position,
          proposal: proposals[position],
          path: inclusionProof(leaves, position),
        })),
      );
    },
  };
  const source = { ...honest, ...changes };
  return {
    ...source,
    asked,
    blocks: (from, limit) => {
      asked.push(`blocks ${from}`);
      return source.blocks(from, limit);
    },
    proposals: (index, count) => {
      asked.push(`proposals ${index}`);
      return source.proposals(index, count);
    },
    prove: (index, positions, publicKey) => {
      asked.push(`prove ${index}`);
      return source.prove(index, positions, publicKey);
    },
  };
}

export function sortedProposals(hub: SimulatedHub, index: number) {
  const proposals = hub.rounds[index - 1]?.proposals ?? [];
  return [...proposals].sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
}

/** A replica and all that it ever told. */
export class Watcher {
  readonly runtime = new FakeRuntime();
  readonly blocks: VerifiedBlock[] = [];
  readonly alarms: Alarm[] = [];
  readonly openings: number[] = [];
  readonly unusable: string[] = [];
  readonly progress: [number, number][] = [];
  needsEveryBlock = true;
  readonly chain: VerifiedChain;
  readonly replica: Replica;

  constructor(chain: VerifiedChain) {
    this.chain = chain;
    this.replica = new Replica(chain, this.runtime, {
      block: (added) => this.blocks.push(added),
      needsEveryBlock: () => this.needsEveryBlock,
      opening: ({ round }) => this.openings.push(round),
      alarm: (alarm) => this.alarms.push(alarm),
      unusable: (reason) => this.unusable.push(reason),
      progress: ({ verified, total }) => this.progress.push([verified, total]),
    });
  }

  static of(hub: SimulatedHub): Watcher {
    return new Watcher(new VerifiedChain(hub.network));
  }

  /** As `full 3`, `links 4`. */
  get told(): string[] {
    return this.blocks.map(({ verified, block }) => `${verified} ${block.index}`);
  }

  follow(hub: SimulatedHub, source: BlockSource = sourceOf(hub)) {
    const { index, hash } = hub.state.chain.tip;
    return this.replica.follow(source, { index, hash });
  }
}
