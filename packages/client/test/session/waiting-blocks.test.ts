import { describe, expect, it } from "vitest";
import { WaitingBlocks } from "../../src/session/waiting-blocks.ts";
import { hubWithBlocks, sortedProposals, sourceOf, Watcher } from "../support/chain-of-simulation.ts";

const MEBIBYTE = 2 ** 20;

describe("blocks that wait for their turn (DESIGN §10)", () => {
  const pushed = (index: number) => ({ block: { index }, lowest: [] });

  it("are all kept as long as they are not much", () => {
    const waiting = new WaitingBlocks();
    const takers = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => waiting.add(pushed(index), MEBIBYTE));
    expect(takers.map((take) => take())).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(pushed));
  });

  it("are forgotten from the oldest on where they are too much, and the newest never", () => {
    const waiting = new WaitingBlocks();
    const takers = [1, 2, 3].map((index) => waiting.add(pushed(index), 4 * MEBIBYTE));
    takers.push(waiting.add(pushed(4), 3 * MEBIBYTE));
    expect(takers.map((take) => take())).toEqual([undefined, undefined, pushed(3), pushed(4)]);
    const large = waiting.add(pushed(5), 16 * MEBIBYTE);
    expect(large()).toEqual(pushed(5));
    expect(large()).toBeUndefined();
  });

  it("that were forgotten are fetched with the next one, and checked as always (SPEC §7)", async () => {
    const hub = hubWithBlocks(5);
    const watcher = Watcher.of(hub);
    const source = sourceOf(hub);
    await watcher.replica.follow(source, { index: 0, hash: hub.network.chainId });
    const waiting = new WaitingBlocks();
    const takers = hub.rounds.map(({ block }) => {
      const lowest = sortedProposals(hub, block?.index ?? 0);
      return waiting.add({ block, lowest }, 7 * MEBIBYTE);
    });
    await Promise.all(takers.map((take) => watcher.replica.takeWaiting(take)));
    expect(watcher.chain.head.tip.index).toBe(5);
    expect(watcher.chain.isCaughtUp).toBe(true);
    expect(source.asked.filter((asked) => asked.startsWith("blocks"))).toEqual(["blocks 1"]);
    expect([1, 2, 3, 4, 5].map((index) => watcher.chain.columns.verifiedAt(index))).toEqual(Array(5).fill("full"));
    expect(watcher.alarms).toEqual([]);
  });
});
