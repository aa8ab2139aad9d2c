/** A round of more proposals than are checked in full, in whose tree one that has a receipt is missing. */

import { secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { inclusionProof, leafHash } from "pos-shared/crypto/merkle.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { ReceiptedProposal } from "pos-shared/model/receipt.ts";
import { ok } from "pos-shared/model/result.ts";
import { SimulatedHub } from "../../../shared/test/support/simulated-hub.ts";
import type { BlockSource } from "../../src/replica/block-source.ts";
import type { EvidenceFile } from "../../src/replica/evidence/evidence-file.ts";
import type { Alarm } from "../../src/replica/replica-events.ts";
import { sortedProposals, sourceOf, Watcher } from "./chain-of-simulation.ts";
import { resealed } from "./cheating-hub.ts";

const VALIDATORS = 70;

/** @param place of the victim among the losers, by ascending key; -1 for the last */
export async function missingOwn(
  place: number,
  serve: (source: BlockSource) => BlockSource = (source) => source,
): Promise<Alarm> {
  const hub = new SimulatedHub();
  const keys = Array.from({ length: VALIDATORS }, (_, i) => {
    const seed = new Uint8Array(32);
    seed.set([i, 99]);
    return secretKeyFromSeed(seed);
  });
  for (const [i, key] of keys.entries()) hub.join(key, `v-${i}`, 10);
  const watcher = Watcher.of(hub);
  await watcher.follow(hub);
  for (const key of keys) hub.propose(key, 72);
  hub.close();
  const block = hub.rounds.at(-1)?.block;
  if (block === undefined) throw new Error("no block was sealed");
  const losers = sortedProposals(hub, 1).filter(({ publicKey }) => publicKey !== block.proposal?.publicKey);
  const victim = losers.at(place);
  const own = hub.heldProposals.find(({ proposal }) => proposal.publicKey === victim?.publicKey);
  if (own === undefined) throw new Error("nobody lost");
  const served = sortedProposals(hub, 1).filter(({ publicKey }) => publicKey !== victim?.publicKey);
  const shorter = withoutVictim(hub, watcher, block, served);
  hold(watcher, own);
  await watcher.replica.follow(serve(servingOnly(hub, shorter, served)), { index: 1, hash: shorter.hash });
  const [alarm] = watcher.alarms;
  if (alarm === undefined) throw new Error("no alarm");
  return alarm;
}

export async function absenceEvidence(): Promise<EvidenceFile> {
  return (await missingOwn(30)).evidence;
}

function hold(watcher: Watcher, own: ReceiptedProposal): void {
  watcher.chain.held.addAll({ proposals: [own], transactions: [], openings: [] });
}

function withoutVictim(hub: SimulatedHub, watcher: Watcher, block: Block, served: readonly Proposal[]): Block {
  const draw = { ...block.draw, eligibleStake: block.draw.eligibleStake - 10 };
  return resealed(hub, watcher.chain.head, { ...block, proposalCount: served.length, draw }, served);
}

/** A hub that lies consistently: it knows nothing of what it left out. */
function servingOnly(hub: SimulatedHub, block: Block, served: readonly Proposal[]): BlockSource {
  const leaves = served.map(leafHash);
  return sourceOf(hub, {
    blocks: async (from) => ok(from === 1 ? [block] : []),
    prove: async (_index, positions, publicKey) => {
      const own = served.findIndex((proposal) => proposal.publicKey === publicKey);
      const wanted = own === -1 ? positions : [own, ...positions];
      return ok(
        wanted.map((position) => ({ position, proposal: served[position], path: inclusionProof(leaves, position) })),
      );
    },
  });
}
