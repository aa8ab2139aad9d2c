import { sign } from "pos-shared/crypto/signature.ts";
import { ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import { HUB_KEY, keyOf } from "../../../shared/test/support/simulated-hub.ts";
import { ANNA, hubWithBlocks, sealNext, sortedProposals, sourceOf, Watcher } from "../support/chain-of-simulation.ts";
import { until } from "../support/fake-runtime.ts";

const blockAt = (hub: ReturnType<typeof hubWithBlocks>, index: number) => hub.rounds[index - 1]?.block;

describe("a replica that follows a hub (SPEC §7, DESIGN §6)", () => {
  it("verifies the blocks of a short gap in full, and comes to the hub's own ledger", async () => {
    const hub = hubWithBlocks(3);
    const watcher = Watcher.of(hub);
    expect(await watcher.follow(hub)).toEqual(ok(undefined));
    expect(watcher.told).toEqual(["full 1", "full 2", "full 3"]);
    expect(watcher.chain.head.ledger).toEqual(hub.state.chain.ledger);
    expect(watcher.chain.isCaughtUp).toBe(true);
  });

  it("verifies each pushed block in full, without asking where all proposals came with it", async () => {
    const hub = hubWithBlocks(1);
    const watcher = Watcher.of(hub);
    const source = sourceOf(hub);
    await watcher.follow(hub, source);
    source.asked.length = 0;
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 2), sortedProposals(hub, 2));
    expect(watcher.told.at(-1)).toBe("full 2");
    expect(source.asked).toEqual([]);
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 3), sortedProposals(hub, 3).slice(0, 2));
    expect(watcher.told.at(-1)).toBe("full 3");
    expect(source.asked).toEqual(["proposals 3"]);
  });

  it("asks for the proposals where those that came with the block are wrong, before it says anything", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 3), sortedProposals(hub, 2));
    expect(watcher.told.at(-1)).toBe("full 3");
    expect(watcher.alarms).toEqual([]);
  });

  it("takes a round whose proposals are no longer kept for verified, but its draw not", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    const pruned = async () => ({ ok: false, error: { kind: "refused", fault: { code: "PRUNED" } } }) as const;
    await watcher.follow(hub, sourceOf(hub, { proposals: pruned }));
    expect(watcher.told).toEqual(["replica 1", "replica 2"]);
    expect(watcher.alarms).toEqual([]);
  });

  it("checks a draw of more than 64 proposals by spots: its own and some chosen by chance", async () => {
    const hub = hubWithBlocks(0);
    const many = Array.from({ length: 70 }, (_, i) => keyOf(20 + i));
    for (const [i, key] of many.entries()) hub.join(key, `v${i}`, 10);
    sealNext(hub, many);
    const [own] = many;
    const watcher = Watcher.of(hub);
    watcher.chain.held.addAll({ proposals: hub.heldProposals.slice(0, 1), transactions: [], openings: hub.openings });
    const source = sourceOf(hub);
    await watcher.follow(hub, source);
    expect(watcher.told).toEqual(["spot 1"]);
    expect(source.asked).toEqual(["blocks 1", "prove 1"]);
    expect(watcher.chain.luck.of(own?.publicKey ?? "").rounds).toBe(1);
    expect(watcher.chain.luck.of(many[1]?.publicKey ?? "").rounds).toBe(0);
  });

  it("closes a long gap by its links at once, and verifies the rest behind, in slices", async () => {
    const hub = hubWithBlocks(0);
    for (let i = 0; i < 52; i++) sealNext(hub, [ANNA]);
    const watcher = Watcher.of(hub);
    expect(await watcher.follow(hub)).toEqual(ok(undefined));
    expect(watcher.chain.head.tip.index).toBe(52);
    expect(new Set(watcher.blocks.map(({ verified }) => verified))).toEqual(new Set(["links"]));
    // A block that comes meanwhile is no better than those below it.
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 53), sortedProposals(hub, 53));
    expect(watcher.told.at(-1)).toBe(watcher.chain.isCaughtUp ? "full 53" : "links 53");
    await until(() => watcher.chain.isCaughtUp);
    expect(watcher.chain.columns.verifiedAt(1)).toBe("replica");
    expect(watcher.chain.columns.verifiedAt(53)).toBe("replica");
    expect(watcher.progress.at(-1)).toEqual([53, 53]);
    expect(watcher.chain.head.ledger).toEqual(hub.state.chain.ledger);
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 54), sortedProposals(hub, 54));
    expect(watcher.told.at(-1)).toBe("full 54");
  });

  it("misses nothing and takes nothing twice", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    await watcher.replica.takeBlock(blockAt(hub, 2), []);
    sealNext(hub);
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 4), sortedProposals(hub, 4));
    await watcher.replica.takeBlock(blockAt(hub, 3), sortedProposals(hub, 3));
    expect(watcher.told).toEqual(["full 1", "full 2", "full 3", "full 4"]);
    expect(watcher.alarms).toEqual([]);
  });

  it("goes on where it stopped when the connection is another one", async () => {
    const hub = hubWithBlocks(1);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    watcher.replica.leave();
    sealNext(hub);
    await watcher.replica.takeBlock(blockAt(hub, 2), sortedProposals(hub, 2));
    expect(watcher.told).toEqual(["full 1"]);
    const source = sourceOf(hub);
    await watcher.follow(hub, source);
    expect(watcher.told).toEqual(["full 1", "full 2"]);
    expect(source.asked[0]).toBe("blocks 2");
  });

  it("says so where the hub does not serve what it says it has", async () => {
    const hub = hubWithBlocks(2);
    const watcher = Watcher.of(hub);
    const empty = sourceOf(hub, { blocks: async () => ok([]) });
    expect(await watcher.follow(hub, empty)).toMatchObject({ ok: false, error: /does not serve/ });
  });

  it("takes no opening but the latest for news, and none whose round a block has closed", async () => {
    const hub = hubWithBlocks(3);
    const [, , third, fourth] = hub.openings;
    if (third === undefined || fourth === undefined) throw new Error("no round is open");
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    for (const opening of [...hub.openings, fourth, third]) await watcher.replica.takeOpening(opening);
    expect(watcher.openings).toEqual([4, 4]);
    sealNext(hub);
    const fifth = hub.openings.at(-1);
    if (fifth === undefined) throw new Error("no round is open");
    await watcher.replica.takeOpening(fifth);
    // No block has closed this one yet, but a later one was announced.
    await watcher.replica.takeOpening(fourth);
    expect(watcher.openings).toEqual([4, 4, 5]);
    expect(watcher.alarms).toEqual([]);
    // What contradicts an old one is no news either, and proves something.
    const { signature: _, ...content } = { ...third, closesAt: "2026-01-01T01:00:00.000Z" };
    const signature = sign(HUB_KEY, "opening", hub.network.chainId, content);
    await watcher.replica.takeOpening({ ...content, signature });
    expect(watcher.alarms).toMatchObject([{ finding: { rule: "openings" }, isProven: true, halts: false }]);
    expect(watcher.openings).toEqual([4, 4, 5]);
  });

  it("tells a round once its opening is signed, and drops a hub that did not sign it", async () => {
    const hub = hubWithBlocks(1);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    const opening = hub.openings.at(-1);
    if (opening === undefined) throw new Error("no round is open");
    await watcher.replica.takeOpening({ ...opening, closesAt: "2026-01-01T01:00:00.000Z" });
    expect(watcher.openings).toEqual([]);
    expect(watcher.unusable).toEqual([expect.stringContaining("without signing")]);
    await watcher.replica.takeOpening(opening);
    expect(watcher.openings).toEqual([2]);
  });
});
