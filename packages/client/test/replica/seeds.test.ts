import { ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { ANNA, BEN, CARL, hubWithBlocks, sealNext, sourceOf, Watcher } from "../support/chain-of-simulation.ts";

describe("evidence of a false claim on an older block (SPEC §3)", () => {
  it("fetches the block after it for its seed, and checks that it is the chain's", async () => {
    const hub = hubWithBlocks(2);
    const claim = { output: "00".repeat(64), proof: "00".repeat(80) };
    const falsely = hub.proposalOf(CARL, 72, { claim });
    const beforeIt = hub.state.chain.tip.hash;
    expect(falsely.prevHash).toBe(beforeIt);
    for (let i = 0; i < 2; i++) sealNext(hub, [ANNA, BEN]);
    expect(hub.hand({ type: "slash", evidence: { kind: "vrf", proposal: falsely } })).toBe("receipted");
    sealNext(hub, [ANNA, BEN]);

    const watcher = Watcher.of(hub);
    const firstFour = hub.rounds.slice(0, 4).map(({ block }) => block);
    const source4 = sourceOf(hub, { blocks: async (from) => ok(firstFour.slice(from - 1)) });
    await watcher.replica.follow(source4, { index: 4, hash: hub.rounds[3]?.block.hash ?? "" });
    const { checkpoint } = watcher.chain;
    const started = new Watcher(new VerifiedChain(hub.network, checkpoint));
    const source = sourceOf(hub);
    expect(await started.follow(hub, source)).toEqual(ok(undefined));
    expect(source.asked).toContain("blocks 3");
    expect(started.told).toEqual(["full 5"]);
    expect(started.chain.head.ledger.burned).toBe(300);
  });
});
