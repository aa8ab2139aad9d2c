import type { Proposal } from "pos-shared/model/proposal.ts";
import { describe, expect, it } from "vitest";
import { HubChannel } from "../../src/connection/hub-channel.ts";
import { HubClock } from "../../src/connection/hub-clock.ts";
import { hubSource } from "../../src/connection/hub-source.ts";
import { hubWithBlocks, sortedProposals } from "../support/chain-of-simulation.ts";
import { FakeRuntime, settle } from "../support/fake-runtime.ts";
import { hello, type ScriptedWire, scriptedDial } from "../support/scripted-wire.ts";

const [ONE] = sortedProposals(hubWithBlocks(1), 1);

/** A hub that answers each request for proposals of block 1, until it is not asked any more. */
async function read(
  count: number,
  page: (from: number, limit: number) => { readonly total: number; readonly proposals: readonly unknown[] },
): Promise<{ readonly read: readonly unknown[]; readonly asked: readonly [number, number][] }> {
  const runtime = new FakeRuntime();
  const { dial, wires } = scriptedDial();
  const handlers = { greeted: () => {}, heard: () => {}, ended: () => {} };
  const channel = new HubChannel({ url: "ws://hub", dial, runtime, clock: new HubClock() }, handlers);
  const [wire] = wires as [ScriptedWire];
  wire.say(hello());
  const reading = hubSource(channel, runtime, 5_000).proposals(1, count);
  const asked: [number, number][] = [];
  for (;;) {
    await settle();
    const request = wire.requests.findLast(({ type }) => type === "proposals");
    if (request?.type !== "proposals" || asked.at(-1)?.[0] === request.from) break;
    asked.push([request.from, request.limit]);
    wire.say({ type: "proposals", re: request.id, index: 1, ...page(request.from, request.limit) });
  }
  const proposals = await reading;
  if (!proposals.ok) throw new Error(JSON.stringify(proposals.error));
  return { read: proposals.value, asked };
}

const many = (length: number): readonly (Proposal | undefined)[] => Array.from({ length }, () => ONE);

describe("a round's proposals, read from a hub (SPEC §7)", () => {
  it("are read to their end, page by page", async () => {
    const all = await read(2_000, (from, limit) => ({ total: 2_000, proposals: many(Math.min(limit, 2_000 - from)) }));
    expect(all.read).toHaveLength(2_000);
    expect(all.asked).toEqual([
      [0, 1_000],
      [1_000, 1_000],
    ]);
  });

  it("are read no further than a page beyond what the block says, however many the hub says there are", async () => {
    const some = await read(2, (_, limit) => ({ total: Number.MAX_SAFE_INTEGER, proposals: many(limit) }));
    expect(some.read).toHaveLength(1_002);
    expect(some.asked).toEqual([
      [0, 1_000],
      [1_000, 2],
    ]);
  });

  it("are all read where they are one more than the block says, for that proves it", async () => {
    const { read: all } = await read(2, () => ({ total: 3, proposals: many(3) }));
    expect(all).toHaveLength(3);
  });

  it("are read no further than to the first that is none", async () => {
    const junk = "x".repeat(12_000);
    const proposals = [ONE, junk, ...many(998)];
    const some = await read(3_000, () => ({ total: 3_000, proposals }));
    expect(some.read).toEqual([ONE, junk]);
    expect(some.asked).toHaveLength(1);
  });
});
