/** One evidence file for each code, made as an alarm makes it: a cheating hub, a client that verified the chain before. */
import { addressOf } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import { HUB_KEY, type SimulatedHub } from "../../../shared/test/support/simulated-hub.ts";
import type { DrawMaterial } from "../../src/replica/draw-material.ts";
import type { EVIDENCE_CODES } from "../../src/replica/evidence/evidence-codes.ts";
import type { EvidenceFile } from "../../src/replica/evidence/evidence-file.ts";
import { type EvidenceInput, makeEvidence } from "../../src/replica/evidence/make-evidence.ts";
import { earlyCloseEvidence, silenceEvidence } from "../../src/replica/suspicions.ts";
import type { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { absenceEvidence } from "./absence.ts";
import { ANNA, BEN, hubWithBlocks, sealNext, sortedProposals, Watcher } from "./chain-of-simulation.ts";
import { cheat, loserOf, recordAnother, resealed, stakeOf } from "./cheating-hub.ts";

type Code = keyof typeof EVIDENCE_CODES;

/** A client that verified two blocks, and what the hub sealed next. */
interface Scene {
  readonly hub: SimulatedHub;
  readonly chain: VerifiedChain;
  readonly opening: Opening;
  readonly block: Block;
  readonly proposals: readonly Proposal[];
}

const REPLICA: DrawMaterial = { depth: "replica" };

/** @param act what happens in the round before it closes */
async function scene(act: (hub: SimulatedHub) => void = () => {}): Promise<Scene> {
  const hub = hubWithBlocks(2);
  const watcher = Watcher.of(hub);
  await watcher.follow(hub);
  const opening = hub.openings.at(-1);
  if (opening === undefined) throw new Error("no round is open");
  act(hub);
  sealNext(hub);
  const block = hub.rounds.at(-1)?.block;
  if (block?.round !== opening.round) throw new Error("no block was sealed");
  return { hub, chain: watcher.chain, opening, block, proposals: sortedProposals(hub, 3) };
}

/** What the client finds wrong with a block. */
function failureOf({ chain }: Scene, block: unknown, material: DrawMaterial = REPLICA): EvidenceInput {
  const extended = chain.extend(block, material, []);
  if (extended.ok) throw new Error("the block was verified");
  return extended.error;
}

function evidenceOf(input: EvidenceInput | undefined): EvidenceFile {
  if (input === undefined) throw new Error("no evidence");
  return makeEvidence(input, "2026-01-02T00:00:00.000Z");
}

/** A hub that changes a field of its block and seals it anew. */
function changing(changes: (block: Block) => Partial<Block>) {
  return async (): Promise<EvidenceFile> => {
    const at = await scene();
    return evidenceOf(failureOf(at, cheat(at.hub, at.block, changes(at.block))));
  };
}

/** As `changing`, seen by who has the proposals. */
function changingInFull(changes: (block: Block) => Partial<Block>) {
  return async (): Promise<EvidenceFile> => {
    const at = await scene();
    const { proposals } = at;
    return evidenceOf(failureOf(at, cheat(at.hub, at.block, changes(at.block)), { depth: "full", proposals }));
  };
}

const OTHER = "ab".repeat(32);

export const EVIDENCE_OF: Readonly<Record<Code, () => Promise<EvidenceFile>>> = {
  index: changing(({ index }) => ({ index: index + 1 })),
  prevHash: changing(() => ({ prevHash: OTHER })),
  round: changing(({ round }) => ({ round: round - 1 })),
  timestamp: async () => {
    const at = await scene();
    at.chain.held.addOpening(at.opening);
    const timestamp = timestampOf(Date.parse(at.block.timestamp) + 1);
    return evidenceOf(failureOf(at, cheat(at.hub, at.block, { timestamp })));
  },
  hash: async () => {
    const at = await scene();
    return evidenceOf(failureOf(at, { ...at.block, hash: OTHER }));
  },
  hubSignature: async () => {
    const at = await scene();
    return evidenceOf(failureOf(at, { ...at.block, hubSignature: OTHER.repeat(2) }));
  },
  seed: changing(({ draw }) => ({ draw: { ...draw, seed: OTHER } })),
  beacon: changing(({ draw }) => ({ draw: { ...draw, beacon: { ...draw.beacon, output: OTHER.repeat(2) } } })),
  transactionCount: changing(() => ({ transactionCount: 7 })),
  transactionsRoot: changing(() => ({ transactionsRoot: OTHER })),
  transaction: async () => {
    const at = await scene((hub) => {
      hub.transact(BEN, { type: "bond", nonce: hub.nonceOf(BEN), amount: 5 });
    });
    const [bond] = at.block.transactions;
    if (bond?.type !== "bond") throw new Error("no bond");
    const changed = { ...at.block, transactions: [{ ...bond, amount: 6 }] };
    return evidenceOf(failureOf(at, resealed(at.hub, at.chain.head, changed, at.proposals)));
  },
  proposal: changing(({ proposal }) => {
    if (proposal === null) throw new Error("no winner");
    return { proposal: { ...proposal, bpm: 61 }, bpm: 61 };
  }),
  bpm: changing(() => ({ bpm: 99 })),
  validator: changing(() => ({ validator: OTHER })),
  stake: changing(({ draw }) => ({ draw: { ...draw, stake: draw.stake + 1 } })),
  vrf: async () => {
    let claimed: Proposal | undefined;
    const at = await scene((hub) => {
      const { claim } = hub.proposalOf(ANNA, 70);
      claimed = hub.proposalOf(ANNA, 70, { claim: { ...claim, output: OTHER.repeat(2) } });
    });
    if (claimed === undefined) throw new Error("nothing was claimed");
    const { bpm } = claimed;
    const draw = { ...at.block.draw, stake: stakeOf(ANNA.publicKey) };
    const changed = { ...recordAnother(at.hub, at.block, at.chain.head), proposal: claimed, bpm, draw };
    const validator = addressOf(ANNA.publicKey);
    return evidenceOf(failureOf(at, resealed(at.hub, at.chain.head, { ...changed, validator }, at.proposals)));
  },
  ownScore: async () => {
    const at = await scene();
    const cheating = recordAnother(at.hub, at.block, at.chain.head);
    at.chain.held.addAll({ proposals: at.hub.heldProposals.slice(-3), transactions: [], openings: [at.opening] });
    return evidenceOf(failureOf(at, cheating));
  },
  ownRound: async () => {
    const at = await scene();
    const { chainId } = at.hub.network;
    const skipping = { ...at.opening, round: at.opening.round + 1 };
    const { signature: _, ...content } = skipping;
    const opening = { ...content, signature: sign(HUB_KEY, "opening", chainId, content) };
    at.chain.held.addAll({
      proposals: at.hub.heldProposals.slice(-3),
      transactions: [],
      openings: [at.opening, opening],
    });
    return evidenceOf(at.chain.findHeldFailure());
  },
  ownTransaction: async () => {
    const at = await scene((hub) => {
      hub.transact(BEN, { type: "bond", nonce: hub.nonceOf(BEN), amount: 5 });
    });
    at.chain.held.addAll({ proposals: [], transactions: at.hub.heldTransactions.slice(-1), openings: [at.opening] });
    const draw = { ...at.block.draw, eligibleStake: 600, stake: stakeOf(at.block.proposal?.publicKey) };
    const changed = { ...at.block, transactions: [], transactionCount: 0, draw };
    return evidenceOf(failureOf(at, resealed(at.hub, at.chain.head, changed, at.proposals)));
  },
  ledgerRoot: changing(() => ({ ledgerRoot: OTHER })),
  proposals: async () => {
    const at = await scene();
    const own = loserOf(at.hub, at.block);
    const served = at.proposals.filter((proposal) => proposal !== own);
    const eligibleStake = at.block.draw.eligibleStake - stakeOf(own.publicKey);
    const changed = { ...at.block, proposalCount: 2, draw: { ...at.block.draw, eligibleStake } };
    at.chain.held.addAll({ proposals: at.hub.heldProposals.slice(-3), transactions: [], openings: [] });
    const shorter = resealed(at.hub, at.chain.head, changed, served);
    return evidenceOf(failureOf(at, shorter, { depth: "full", proposals: served }));
  },
  proposalCount: changingInFull(() => ({ proposalCount: 2 })),
  proposalsRoot: changingInFull(() => ({ proposalsRoot: OTHER })),
  eligibleStake: changingInFull(({ draw }) => ({ draw: { ...draw, eligibleStake: draw.eligibleStake - 1 } })),
  draw: async () => {
    const at = await scene();
    const { proposals } = at;
    return evidenceOf(failureOf(at, recordAnother(at.hub, at.block, at.chain.head), { depth: "full", proposals }));
  },
  openings: async () => {
    const at = await scene();
    const { signature: _, ...content } = { ...at.opening, closesAt: "2026-01-01T01:00:00.000Z" };
    const other = { ...content, signature: sign(HUB_KEY, "opening", at.hub.network.chainId, content) };
    at.chain.takeOpening(at.opening);
    const taken = at.chain.takeOpening(other);
    return evidenceOf(taken.ok ? undefined : taken.error);
  },
  blocks: async () => {
    const at = await scene();
    const own = at.chain.headBlock;
    if (own === null) throw new Error("no block");
    return evidenceOf(at.chain.findTwin(cheat(at.hub, own, { bpm: 99 })));
  },
  inclusion: absenceEvidence,
  noReceipt: async () => {
    const at = await scene();
    const added = at.chain.extend(at.block, REPLICA, []);
    if (!added.ok) throw new Error("the block was not verified");
    const unanswered = at.block.proposal;
    if (unanswered === null) throw new Error("no winner");
    const { closesAt } = at.opening;
    const sentAt = timestampOf(Date.parse(closesAt) - 500);
    return evidenceOf(silenceEvidence(at.chain, at.opening, unanswered, { sentAt, seenAt: closesAt }));
  },
  earlyClose: async () => {
    const at = await scene();
    const added = at.chain.extend(at.block, REPLICA, []);
    if (!added.ok) throw new Error("the block was not verified");
    const seenAt = timestampOf(Date.parse(at.opening.closesAt) - 300);
    return evidenceOf(earlyCloseEvidence(at.chain, at.opening, undefined, seenAt));
  },
};
