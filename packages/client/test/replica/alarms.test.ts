import { taggedHash } from "pos-shared/crypto/hash.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { headerOf } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { err, ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import { HUB_KEY } from "../../../shared/test/support/simulated-hub.ts";
import {
  ANNA,
  BEN,
  hubWithBlocks,
  sealNext,
  sortedProposals,
  sourceOf,
  Watcher,
} from "../support/chain-of-simulation.ts";
import {
  beforeNextBlock,
  cheat,
  confirmed,
  loserOf,
  recordAnother,
  resealed,
  stakeOf,
} from "../support/cheating-hub.ts";

describe("a hub that cheats is caught, with evidence that anyone can check (SPEC §7)", () => {
  it("names the rule that a re-sealed block breaks, keeps what is verified, and follows no further", async () => {
    const hub = hubWithBlocks(2);
    const { watcher, block } = await beforeNextBlock(hub);
    await watcher.replica.takeBlock(cheat(hub, block, { bpm: 99 }), sortedProposals(hub, 3));
    expect(confirmed(watcher)).toMatchObject({
      finding: { rule: "bpm", index: 3, expected: expect.anything(), actual: 99 },
      isProven: true,
      halts: true,
    });
    expect(watcher.replica.isHalted).toBe(true);
    await watcher.replica.takeBlock(block, sortedProposals(hub, 3));
    expect(watcher.chain.head.tip.index).toBe(2);
  });

  it("notices tokens that are minted for a friend", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    await watcher.replica.takeBlock(cheat(hub, block, { ledgerRoot: "ab".repeat(32) }), []);
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "ledgerRoot" }, isProven: true });
  });

  it("notices another close than the one that was announced", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    const timestamp = new Date(Date.parse(block.timestamp) + 1).toISOString();
    await watcher.replica.takeBlock(cheat(hub, block, { timestamp }), []);
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "timestamp" }, isProven: true });
  });

  it("notices that the second best was recorded, though nobody here was cheated", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    const cheating = recordAnother(hub, block, watcher.chain.head);
    await watcher.replica.takeBlock(cheating, sortedProposals(hub, 2));
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "draw" }, isProven: true });
  });

  it("notices that its own receipted proposal would have won", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    const cheating = recordAnother(hub, block, watcher.chain.head);
    watcher.chain.held.addAll({ proposals: hub.heldProposals.slice(-3), transactions: [], openings: [] });
    await watcher.replica.takeBlock(cheating, sortedProposals(hub, 2));
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "ownScore" }, isProven: true });
  });

  it("notices that a receipted proposal was left out of the round", async () => {
    const hub = hubWithBlocks(1);
    const served: Proposal[] = [];
    const { watcher, block } = await beforeNextBlock(hub, undefined, {
      proposals: async (index) => ok(index === 2 ? served : sortedProposals(hub, index)),
    });
    const own = loserOf(hub, block);
    served.push(...sortedProposals(hub, 2).filter(({ publicKey }) => publicKey !== own.publicKey));
    const proposals = hub.heldProposals.filter(({ proposal }) => proposal.publicKey === own.publicKey);
    watcher.chain.held.addAll({ proposals, transactions: [], openings: [] });
    const shorter = resealed(hub, watcher.chain.head, { ...block, proposalCount: 2 }, served);
    await watcher.replica.takeBlock(shorter, served);
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "proposals" }, isProven: true });
  });

  it("notices a round with its proposal that ended without a block, with the next opening", async () => {
    const hub = hubWithBlocks(1);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    const opening = hub.openings.at(-1);
    if (opening === undefined) throw new Error("no round is open");
    hub.propose(ANNA, 72);
    watcher.chain.held.addAll({ proposals: hub.heldProposals.slice(-1), transactions: [], openings: [opening] });
    const skipping = { round: opening.round + 1, prevHash: opening.prevHash, closesAt: "2026-01-01T00:00:10.000Z" };
    const signature = sign(HUB_KEY, "opening", hub.network.chainId, skipping);
    await watcher.replica.takeOpening({ ...skipping, signature });
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "ownRound", index: 2 }, isProven: true, halts: true });
  });

  it("notices a transaction that was acknowledged and never recorded", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub, () => {
      hub.transact(BEN, { type: "bond", nonce: hub.nonceOf(BEN), amount: 5 });
      sealNext(hub);
    });
    watcher.chain.held.addAll({ proposals: [], transactions: hub.heldTransactions.slice(-1), openings: [] });
    const draw = { ...block.draw, eligibleStake: 600, stake: stakeOf(block.proposal?.publicKey) };
    const without = { ...block, transactions: [], transactionCount: 0, draw };
    await watcher.replica.takeBlock(resealed(hub, watcher.chain.head, without, sortedProposals(hub, 2)), []);
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "ownTransaction" }, isProven: true });
  });

  it("notices two blocks of one index when it connects again, and shows both", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    watcher.replica.leave();
    const [, second] = hub.rounds;
    if (second === undefined) throw new Error("no second block");
    const fork = cheat(hub, second.block, {
      timestamp: new Date(Date.parse(second.block.timestamp) + 5).toISOString(),
    });
    const source = sourceOf(hub, { blocks: async () => ok([fork]) });
    expect(await watcher.replica.follow(source, { index: 2, hash: fork.hash })).toMatchObject({ ok: false });
    expect(confirmed(watcher)).toMatchObject({
      finding: { rule: "blocks", index: 2, expected: second.block.hash, actual: fork.hash },
      isProven: true,
    });
  });

  it("calls it two blocks of one index, too, where the hub's chain goes on from another block than its own", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    const [, second] = hub.rounds;
    if (second === undefined) throw new Error("no second block");
    const fork = cheat(hub, second.block, {
      timestamp: new Date(Date.parse(second.block.timestamp) + 5).toISOString(),
    });
    sealNext(hub);
    const third = cheat(hub, hub.rounds[2]?.block ?? fork, { prevHash: fork.hash });
    const source = sourceOf(hub, { blocks: async (from) => ok([from === 2 ? fork : third]) });
    await watcher.replica.follow(source, { index: 3, hash: third.hash });
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "blocks", index: 2 }, isProven: true });
  });

  it("notices two different openings of one round, and goes on", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    const [first] = hub.openings.slice(-2);
    if (first === undefined) throw new Error("no opening");
    const { signature: _, ...content } = { ...first, closesAt: "2026-01-01T01:00:00.000Z" };
    const other = { ...content, signature: sign(HUB_KEY, "opening", hub.network.chainId, content) };
    await watcher.replica.takeOpening(other);
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "openings" }, isProven: true, halts: false });
    await watcher.replica.takeOpening(other);
    expect(watcher.alarms).toHaveLength(1);
    await watcher.replica.takeBlock(block, []);
    expect(watcher.told.at(-1)).toBe("full 2");
  });

  it("calls a block that the hub did not sign a suspicion, for anybody could have made it", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    const header = { ...headerOf(block), bpm: 99 };
    const forged = { ...block, bpm: 99, hash: taggedHash("block", hub.network.chainId, header) };
    await watcher.replica.takeBlock(forged, []);
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "hubSignature" }, isProven: false });
  });

  it("drops a connection over what is no block at all, without an alarm", async () => {
    const hub = hubWithBlocks(1);
    const { watcher, block } = await beforeNextBlock(hub);
    await watcher.replica.takeBlock({ ...block, extra: 1 }, []);
    expect(watcher.alarms).toEqual([]);
    expect(watcher.unusable).toEqual(["the hub sent a malformed block"]);
  });

  it("drops it over a page with such a block too, and goes on where it was with the next one", async () => {
    const hub = hubWithBlocks(3);
    const watcher = Watcher.of(hub);
    const [first, second] = hub.rounds.map(({ block }) => block);
    const source = sourceOf(hub, { blocks: async () => ok([first, { ...second, extra: 1 }]) });
    expect(await watcher.follow(hub, source)).toEqual(err("the hub served a block that cannot be judged"));
    expect(watcher.alarms).toEqual([]);
    expect(watcher.unusable).toEqual(["the hub sent a malformed block"]);
    expect(await watcher.follow(hub)).toEqual(ok(undefined));
    expect(watcher.told).toEqual(["full 1", "full 2", "full 3"]);
  });

  it("finds in the background what the links did not show", async () => {
    const hub = hubWithBlocks(0);
    for (let i = 0; i < 52; i++) sealNext(hub, [ANNA]);
    const cheating = hub.rounds.map(({ block }) => block);
    const at = 30;
    const bad = cheating[at - 1];
    if (bad === undefined) throw new Error("no such block");
    // The hub seals the rest of its chain on the changed block.
    let prev = cheat(hub, bad, { ledgerRoot: "ab".repeat(32) });
    cheating[at - 1] = prev;
    for (let i = at; i < cheating.length; i++) {
      prev = cheat(hub, cheating[i] ?? prev, { prevHash: prev.hash });
      cheating[i] = prev;
    }
    const watcher = Watcher.of(hub);
    const source = sourceOf(hub, { blocks: async (from, limit) => ok(cheating.slice(from - 1, from - 1 + limit)) });
    expect(await watcher.replica.follow(source, { index: 52, hash: prev.hash })).toEqual(ok(undefined));
    while (!watcher.replica.isHalted) await watcher.runtime.giveWay();
    expect(confirmed(watcher)).toMatchObject({ finding: { rule: "ledgerRoot", index: at }, isProven: true });
    expect(watcher.chain.verified.tip.index).toBe(at - 1);
  });
});
