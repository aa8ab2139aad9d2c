import { existsSync, readFileSync } from "node:fs";
import type { Block } from "pos-shared/model/block.ts";
import { describe, expect, it } from "vitest";
import { sealAnew } from "../../../shared/test/support/reseal.ts";
import { HUB_KEY, keyOf, testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { identityFilesOf, startTestClient } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { WiredHub } from "../support/wired-hub.ts";

const ROUND_MS = 10_000;
const BEN = keyOf(9);

function startHub(network = "test"): { runtime: FakeRuntime; hub: WiredHub } {
  const runtime = new FakeRuntime();
  return { runtime, hub: new WiredHub(runtime, { genesis: testGenesis({ roundMs: ROUND_MS, network }) }) };
}

/** Somebody else plays a round. */
async function playRound(hub: WiredHub, runtime: FakeRuntime, bpm = 61): Promise<void> {
  hub.act((simulated) => {
    if (simulated.nonceOf(BEN) === 1) simulated.join(BEN, "ben", 10);
    simulated.propose(BEN, bpm);
  });
  await runtime.advance(ROUND_MS);
}

describe("a client and its hub (DESIGN §9, §10)", () => {
  it("waits for a hub that is not up yet", async () => {
    const { runtime, hub } = startHub();
    hub.goDown();
    const { told, session } = startTestClient(hub, runtime, { name: "anna" });
    await runtime.advance(1_000);
    expect(told("disconnected")[0]).toMatchObject({ reason: "nobody listens there", attempt: 1 });
    expect(session.getState().connection).toMatchObject({ phase: "offline" });
    hub.isUp = true;
    await runtime.advanceUntil(() => told("connected").length > 0);
    expect(told("reconnected")).toEqual([]);
  });

  it("ends with an error instead, where it was told to try once", async () => {
    const { runtime, hub } = startHub();
    hub.goDown();
    const { session, told } = startTestClient(hub, runtime, { once: true });
    await runtime.advance(60_000);
    expect(session.getState().connection).toEqual({
      phase: "failed",
      message: "ws://127.0.0.1:9000 cannot be reached: nobody listens there",
    });
    expect(told("disconnected")).toHaveLength(1);
  });

  it("misses no block while it is away, and hears none twice", async () => {
    const { runtime, hub } = startHub();
    const { told } = startTestClient(hub, runtime, { spectate: true });
    await until(() => told("connected").length > 0);
    await playRound(hub, runtime);
    await until(() => told("block").length === 1);
    hub.cut();
    await settle();
    hub.isUp = false;
    await runtime.advance(1_000);
    hub.isUp = true;
    await playRound(hub, runtime);
    await runtime.advanceUntil(() => told("block").length === 2);
    await playRound(hub, runtime);
    await until(() => told("block").length === 3);
    expect(told("block").map(({ index }) => index)).toEqual([1, 2, 3]);
    expect(told("winner").map(({ index }) => index)).toEqual([1, 2, 3]);
    expect(told("reconnected")).toMatchObject([{ index: 1 }]);
  });

  it("tells at the start how far it has verified, and from there on each block", async () => {
    const { runtime, hub } = startHub();
    for (let i = 0; i < 3; i++) await playRound(hub, runtime);
    const { told } = startTestClient(hub, runtime, { spectate: true });
    await until(() => told("connected").length > 0);
    expect(told("connected")).toMatchObject([{ index: 3 }]);
    expect(told("block")).toEqual([]);
    await playRound(hub, runtime);
    await until(() => told("block").length > 0);
    expect(told("block")).toMatchObject([{ index: 4, verified: "full" }]);
  });

  it("tells, of a chain too long to be verified at once, each tenth that it has verified", async () => {
    const { runtime, hub } = startHub();
    for (let i = 0; i < 60; i++) await playRound(hub, runtime);
    const { told, session } = startTestClient(hub, runtime, { spectate: true });
    await runtime.advanceUntil(() => told("progress").at(-1)?.verified === 60);
    expect(told("connected")).toMatchObject([{ index: 60 }]);
    const verified = told("progress").map((event) => event.verified);
    expect(verified).toEqual(Array.from({ length: verified.length }, (_, i) => 60 - 6 * (verified.length - 1 - i)));
    expect(verified.length).toBeGreaterThan(5);
    expect(new Set(told("progress").map(({ total }) => total))).toEqual(new Set([60]));
    expect(session.getState().progress).toEqual({ linked: 60, verified: 60, total: 60 });
  });

  it("verifies nothing twice after a clean stop: its checkpoint knows", async () => {
    const { runtime, hub } = startHub();
    for (let i = 0; i < 3; i++) await playRound(hub, runtime);
    const first = startTestClient(hub, runtime, { spectate: true });
    await until(() => first.told("connected").length > 0);
    await first.session.stop();
    hub.requests.length = 0;
    const second = startTestClient(hub, runtime, { spectate: true, homeDir: first.homeDir });
    await until(() => second.told("connected").length > 0);
    expect(hub.count("blocks")).toBe(0);
    expect(hub.count("genesis")).toBe(0);
    await runtime.advance(100);
    expect(second.session.getState()).toMatchObject({ checkedRounds: 3, progress: { verified: 3, total: 3 } });
    // The last winner is known before the next one is drawn.
    expect(second.session.getState().lastWinner).toMatchObject({ index: 3, name: "ben", bpm: 61, isAlone: true });
    expect(second.session.getState().lastWinner).toEqual(first.session.getState().lastWinner);
    expect(second.session.readRows(1, 3)).toMatchObject([
      { index: 1, winnerName: "ben", bpm: 61, verified: "full" },
      { index: 2, winnerName: "ben" },
      { index: 3, winnerName: "ben" },
    ]);
    expect(second.session.findBlocks({ winner: "BE" })).toMatchObject({ size: 3 });
    expect(second.session.findBlocks({ winner: "BE" }).atOrBefore(3)).toBe(3);
    expect(second.session.findBlocks({ bpm: 62 })).toMatchObject({ size: 0 });
    const detail = await second.session.readBlock(2);
    expect(detail?.block.index).toBe(2);
    expect(detail?.proposals).toHaveLength(1);
    expect(detail?.view.steps.every(({ isRight }) => isRight)).toBe(true);
  });

  it("asks before it joins another network at a known address", async () => {
    const { runtime, hub } = startHub("first");
    const homeDir = temporaryHome();
    const first = startTestClient(hub, runtime, { homeDir, name: "anna" });
    await until(() => first.told("joined").length > 0);
    await first.session.stop();
    const other = new WiredHub(runtime, { genesis: testGenesis({ network: "second" }) });
    const { session, told } = startTestClient(other, runtime, { homeDir, name: "anna" });
    await until(() => told("newNetwork").length > 0);
    const [expected, actual] = [hub, other].map(({ simulated }) => simulated.network.chainId);
    expect(told("newNetwork")).toMatchObject([{ expected, actual }]);
    await runtime.advance(100);
    expect(session.getState().connection).toEqual({ phase: "otherChain", expected, actual });
    expect(told("connected")).toEqual([]);
    session.joinNewNetwork();
    await until(() => told("joined").length > 0);
    await runtime.advance(100);
    expect(session.getState().network?.chainId).toBe(actual);
    await session.stop();
    const again = startTestClient(other, runtime, { homeDir, name: "anna" });
    await until(() => again.told("connected").length > 0);
    expect(again.told("newNetwork")).toEqual([]);
  });

  it("joins no other network than the one that it is pinned to", async () => {
    const { runtime, hub } = startHub();
    const { session } = startTestClient(hub, runtime, { chainId: "0".repeat(64) });
    await runtime.advanceUntil(() => session.getState().connection.phase === "failed");
    expect(session.getState().connection).toMatchObject({
      phase: "failed",
      message: expect.stringContaining("--chain"),
    });
    expect(hub.count("login")).toBe(0);
  });

  it("believes no hub whose genesis is not that of the chain that it names", async () => {
    const { runtime, hub } = startHub();
    hub.tamper = (message) => (message.type === "hello" ? { ...message, chainId: "0".repeat(64) } : message);
    const { told } = startTestClient(hub, runtime);
    await until(() => told("disconnected").length > 0);
    expect(told("disconnected")).toMatchObject([{ reason: expect.stringContaining("its genesis is that of") }]);
  });

  it("is refused, for good, where its key is in use elsewhere", async () => {
    const { runtime, hub } = startHub();
    const first = startTestClient(hub, runtime, { name: "anna" });
    await until(() => first.told("joined").length > 0);
    hub.tamper = (message) =>
      message.type === "welcome"
        ? {
            type: "error",
            re: message.re,
            code: "SESSION_ELSEWHERE",
            path: null,
            expected: null,
            actual: "10.0.0.7:4000",
            suggestion: null,
          }
        : message;
    hub.cut();
    await runtime.advance(1_000);
    expect(first.session.getState().connection).toMatchObject({
      phase: "refused",
      fault: { code: "SESSION_ELSEWHERE", actual: "10.0.0.7:4000" },
      isConnected: false,
    });
  });

  it("raises an alarm with a file that shows it, and follows that hub no further", async () => {
    const { runtime, hub } = startHub();
    const { session, told, homeDir } = startTestClient(hub, runtime, { stake: 100, bpm: { kind: "fixed", bpm: 70 } });
    await runtime.advanceUntil(() => told("winner").length === 1, 500);
    hub.tamper = (message) => {
      if (message.type !== "block") return message;
      const block = message.block as Block;
      return { ...message, block: sealAnew(hub.simulated.network.chainId, HUB_KEY, { ...block, bpm: 99 }) };
    };
    await runtime.advanceUntil(() => told("alarm").length > 0, 500);
    const [alarm] = told("alarm");
    expect(alarm).toMatchObject({ code: "bpm", index: 2, actual: 99, proven: true });
    expect(alarm?.evidence.startsWith(homeDir)).toBe(true);
    expect(existsSync(alarm?.evidence ?? "")).toBe(true);
    expect(JSON.parse(readFileSync(alarm?.evidence ?? "", "utf8"))).toMatchObject({ code: "bpm", index: 2 });
    const proposals = hub.count("propose");
    await runtime.advance(3 * ROUND_MS);
    expect(told("block").map(({ index }) => index)).toEqual([1]);
    expect(hub.count("propose")).toBe(proposals);
    expect(session.getState()).toMatchObject({ tip: { index: 1 }, round: null, alarms: [{ isProven: true }] });
  });

  it("is told that it was slashed, watches on, and goes on as somebody new", async () => {
    const { runtime, hub } = startHub();
    const client = startTestClient(hub, runtime, { stake: 100, name: "anna", bpm: { kind: "fixed", bpm: 70 } });
    const { session, told } = client;
    await runtime.advanceUntil(() => told("accepted").length > 0, 100);
    // Somebody has a copy of its key.
    const { key } = identityFilesOf(client, hub);
    hub.act((simulated) => simulated.join(BEN, "ben", 10));
    hub.act((simulated) => expect(simulated.propose(key, 71)).toBe("EQUIVOCATION"));
    await runtime.advanceUntil(() => told("slashed").length > 0, 500);
    expect(told("slashed")).toMatchObject([{ name: "anna", kind: "equivocation", amount: 100 }]);
    await runtime.advance(200);
    expect(session.getState().me).toMatchObject({
      isTombstoned: true,
      bonded: 0,
      slashing: { kind: "equivocation", amount: 100, index: 1 },
    });
    expect(await session.propose(72)).toMatchObject({ ok: false, fault: { code: "TOMBSTONED" } });
    session.takeNewIdentity();
    await runtime.advanceUntil(() => told("staked").length === 2, 100);
    expect(told("joined").at(-1)?.name).not.toBe("anna");
    expect(session.getState().me?.isTombstoned).toBe(false);
    // The hub was never away. Once it was, that is told, and the name not again.
    expect(told("reconnected")).toEqual([]);
    expect(told("connected").map(({ name }) => name)).toEqual(["anna", told("joined").at(-1)?.name]);
    hub.cut();
    await runtime.advanceUntil(() => told("reconnected").length > 0, 100);
    expect(told("connected")).toHaveLength(2);
  });
});
