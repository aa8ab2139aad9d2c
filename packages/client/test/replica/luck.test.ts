import { describe, expect, it } from "vitest";
import { Luck } from "../../src/replica/luck.ts";
import { ANNA, BEN, CARL, hubWithBlocks, sealNext, Watcher } from "../support/chain-of-simulation.ts";

describe("luck (TUI, rule 20)", () => {
  it("sets wins beside chances, over the rounds whose proposals were checked", async () => {
    const hub = hubWithBlocks(4);
    sealNext(hub, [ANNA, BEN]);
    const watcher = Watcher.of(hub);
    await watcher.follow(hub);
    const { luck } = watcher.chain;
    expect(luck.rounds).toBe(5);
    const anna = luck.of(ANNA.publicKey);
    expect(anna.rounds).toBe(5);
    expect(anna.expectedWins).toBeCloseTo(4 * (100 / 600) + 100 / 300);
    expect(anna.variance).toBeCloseTo(4 * (1 / 6) * (5 / 6) + (1 / 3) * (2 / 3));
    expect(luck.of(CARL.publicKey).rounds).toBe(4);
    const wins = [ANNA, BEN, CARL].reduce((sum, { publicKey }) => sum + luck.of(publicKey).wins, 0);
    expect(wins).toBe(5);
    expect(Luck.fromJSON(JSON.parse(JSON.stringify(luck))).toJSON()).toEqual(luck.toJSON());
  });
});
