import { describe, expect, it } from "vitest";
import type { SimulatedHub } from "../../../shared/test/support/simulated-hub.ts";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { readBlock } from "../../src/session/block-reader.ts";
import { ANNA, BEN, CARL, hubWithBlocks, sealNext, sourceOf, Watcher } from "../support/chain-of-simulation.ts";

/** A client that was started again: of what it verified before it has the checkpoint only. */
async function restarted(hub: SimulatedHub): Promise<VerifiedChain> {
  const watcher = Watcher.of(hub);
  await watcher.follow(hub);
  const { chain } = watcher;
  return new VerifiedChain(chain.network, chain.checkpoint);
}

/** Names in the order of the draw, and its steps. */
async function drawOf(chain: VerifiedChain, hub: SimulatedHub, index: number) {
  const detail = await readBlock(chain, index, sourceOf(hub));
  const { view } = detail ?? expect.unreachable("no block");
  expect(view.steps.every(({ isRight }) => isRight)).toBe(true);
  return { stakes: view.rows.map(({ cells }) => Number(cells[1])).sort((a, b) => a - b), steps: view.steps };
}

const comparison = expect.arrayContaining([expect.objectContaining({ label: "comparison" })]);

describe("the draw of any block (TUI, the draw)", () => {
  it("is compared with the others' scores right after a start, at the tip and below it", async () => {
    const hub = hubWithBlocks(4);
    const chain = await restarted(hub);
    for (const index of [4, 3, 1]) {
      expect(await drawOf(chain, hub, index)).toEqual({ stakes: [100, 200, 300], steps: comparison });
    }
  });

  it("goes by the stakes of then, where somebody has bonded or unbonded since", async () => {
    const hub = hubWithBlocks(1);
    hub.transact(ANNA, { type: "bond", nonce: 2, amount: 50 });
    sealNext(hub);
    hub.transact(BEN, { type: "unbond", nonce: 2, amount: 20 });
    sealNext(hub);
    const chain = await restarted(hub);
    expect((await drawOf(chain, hub, 1)).stakes).toEqual([100, 200, 300]);
    expect((await drawOf(chain, hub, 2)).stakes).toEqual([150, 200, 300]);
    expect((await drawOf(chain, hub, 3)).stakes).toEqual([150, 180, 300]);
  });

  it("shows the winner alone where the others' stakes cannot be told", async () => {
    const hub = hubWithBlocks(1);
    // A BPM that is no whole number is slashed.
    hub.propose(CARL, 60.5);
    sealNext(hub, [ANNA, BEN]);
    const chain = await restarted(hub);
    const winner = hub.rounds[0]?.block.draw.stake;
    expect((await drawOf(chain, hub, 1)).stakes).toEqual([winner]);
  });
});
