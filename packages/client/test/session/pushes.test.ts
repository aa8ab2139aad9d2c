import { encode } from "pos-shared/protocol/codec.ts";
import { describe, expect, it, onTestFinished } from "vitest";
import { ClientSession } from "../../src/session/client-session.ts";
import type { ClientEvent } from "../../src/session/session.ts";
import { hubWithBlocks, sortedProposals } from "../support/chain-of-simulation.ts";
import { configFor } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { fakeProcess } from "../support/identities.ts";
import { hello, type ScriptedWire, scriptedDial } from "../support/scripted-wire.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const TOO_MUCH = "the hub sends more than can be looked at";

/** A spectator that has asked to be told, and a hub that has not answered yet. */
async function subscribing() {
  const hub = hubWithBlocks(3);
  const { chainId, genesis } = hub.network;
  const { index, hash } = hub.state.chain.tip;
  const runtime = new FakeRuntime(hub.nowMs);
  const { dial, wires } = scriptedDial();
  const config = configFor({ homeDir: temporaryHome(), spectate: true });
  const session = new ClientSession({ config, runtime, dial, system: fakeProcess(new Set()).system });
  // Nothing is written into its folder after it is gone.
  onTestFinished(() => session.stop());
  const events: ClientEvent[] = [];
  session.onEvent((event) => events.push(event));
  session.start();
  const [wire] = wires as [ScriptedWire];
  wire.say(hello({ chainId, tip: { index, hash } }));
  await until(() => wire.requests.some(({ type }) => type === "genesis"));
  wire.say({ type: "genesis", re: wire.asked("genesis").id, genesis });
  await until(() => wire.requests.some(({ type }) => type === "subscribe"));
  const { id } = wire.asked("subscribe");
  const subscribed = () =>
    wire.say({
      type: "subscribed",
      re: id,
      tip: { index, hash },
      opening: null,
      validators: 3,
      stake: 600,
      proposals: 0,
      online: 3,
    });
  return { hub, wire, events, subscribed };
}

describe("what a hub pushes (DESIGN §10)", () => {
  it("ends the connection where it is too much while the tip is not known", async () => {
    const { wire, events } = await subscribing();
    const activity = encode({ type: "changes", total: 0, online: 0, validators: 0, stake: 0, rows: [] });
    const padded = activity.replace("{", `{${" ".repeat(2 ** 20)}`);
    for (let sent = 0; sent < 8; sent++) wire.sayText(padded);
    expect(wire.isDropped).toBe(true);
    expect(events).toContainEqual(expect.objectContaining({ event: "disconnected", reason: TOO_MUCH }));
  });

  it("ends the connection where too many wait while blocks are missing", async () => {
    const { wire, events, subscribed } = await subscribing();
    subscribed();
    await until(() => wire.requests.some(({ type }) => type === "blocks"));
    expect(wire.asked("blocks").from).toBe(1);
    const idle = encode({ type: "idle", round: 1 });
    for (let sent = 0; sent < 32_760; sent++) wire.sayText(idle);
    expect(wire.isDropped).toBe(false);
    for (let sent = 0; sent < 16; sent++) wire.sayText(idle);
    expect(wire.isDropped).toBe(true);
    expect(events).toContainEqual(expect.objectContaining({ event: "disconnected", reason: TOO_MUCH }));
  });

  it("keeps the newest of many large blocks, and goes on with what the hub serves", async () => {
    const { hub, wire, events, subscribed } = await subscribing();
    subscribed();
    await until(() => wire.requests.some(({ type }) => type === "blocks"));
    const blocks = hub.rounds.flatMap(({ block }) => (block === undefined ? [] : [block]));
    const { hash } = hub.state.chain.tip;
    const text = encode({ type: "block", block: blocks[2], lowest: [] });
    for (let sent = 0; sent < 40; sent++) wire.sayText(text.replace("{", `{${" ".repeat(2 ** 20)}`));
    expect(wire.isDropped).toBe(false);
    wire.say({ type: "blocks", re: wire.asked("blocks").id, blocks, tip: { index: 3, hash } });
    for (const [at, { index }] of blocks.entries()) {
      await until(() => wire.requests.filter(({ type }) => type === "proposals").length > at);
      const proposals = sortedProposals(hub, index);
      wire.say({ type: "proposals", re: wire.asked("proposals").id, index, total: proposals.length, proposals });
    }
    await until(() => events.some(({ event }) => event === "connected"));
    await settle();
    expect(events.filter(({ event }) => event === "alarm" || event === "disconnected")).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ event: "connected", index: 3 }));
  });
});
