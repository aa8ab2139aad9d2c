import type { Proposal } from "pos-shared/model/proposal.ts";
import { describe, expect, it } from "vitest";
import { keyOf, testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { startTestClient } from "../support/client.ts";
import { FakeRuntime, until } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

function startHub(genesis = testGenesis({ roundMs: 10_000 })) {
  const runtime = new FakeRuntime();
  return { runtime, hub: new WiredHub(runtime, { genesis }) };
}

describe("a validator that comes to a network (DESIGN §8, §10)", () => {
  it("joins, stakes, proposes, and hears the winner, whom it verified", async () => {
    const { runtime, hub } = startHub();
    const { session, events, told } = startTestClient(hub, runtime, { stake: 100, name: "anna" });
    await until(() => told("staked").length > 0);
    expect(told("connected")).toMatchObject([{ name: "anna", index: 0 }]);
    expect(told("joined")).toMatchObject([{ name: "anna", liquid: 1_000 }]);
    expect(told("staked")).toMatchObject([{ bonded: 100, liquid: 900 }]);
    await until(() => told("round").length > 0);
    expect(await session.propose(72)).toEqual({ ok: true });
    expect(told("accepted")).toMatchObject([{ round: 1, bpm: 72 }]);
    await runtime.advance(10_000);
    await until(() => told("winner").length > 0);
    expect(told("winner")).toMatchObject([
      { round: 1, index: 1, name: "anna", bpm: 72, stake: 100, eligibleStake: 100, you: true },
    ]);
    expect(told("block")).toMatchObject([{ index: 1, verified: "full" }]);
    expect(events.findIndex(({ event }) => event === "block")).toBeLessThan(
      events.findIndex(({ event }) => event === "winner"),
    );
    await runtime.advance(100);
    expect(session.getState()).toMatchObject({
      connection: { phase: "online" },
      me: { name: "anna", bonded: 100, liquid: 910, wins: 1, isJoined: true },
      tip: { index: 1 },
      lastWinner: { name: "anna", isMe: true },
      checkedRounds: 1,
      validators: [{ name: "anna", checkedRounds: 1, checkedWins: 1, expectedWins: 1, isMe: true }],
    });
    await session.stop();
  });

  it("says by which rule stake burns before its first bond, with --stake and by hand, and not before others", async () => {
    const { runtime, hub } = startHub();
    const { session, events, told } = startTestClient(hub, runtime, { stake: 100, name: "anna" });
    await until(() => told("staked").length > 0);
    const order = events.map(({ event }) => event);
    expect(order.indexOf("firstBond")).toBeGreaterThan(order.indexOf("joined"));
    expect(order.indexOf("firstBond")).toBeLessThan(order.indexOf("transaction"));
    expect(told("firstBond")).toMatchObject([{ amount: 100, name: "anna" }]);
    expect(await session.bond(5)).toEqual({ ok: true });
    expect(told("firstBond")).toHaveLength(1);
    const other = startTestClient(hub, runtime, { name: "ben" });
    await until(() => other.told("joined").length > 0);
    expect(other.told("firstBond")).toEqual([]);
    expect(await other.session.bond(7)).toEqual({ ok: true });
    expect(other.told("firstBond")).toMatchObject([{ amount: 7, name: "ben" }]);
  });

  it("says it once where it is many validators", async () => {
    const { runtime, hub } = startHub();
    const { told } = startTestClient(hub, runtime, { stake: 10, bots: 3 });
    await runtime.advanceUntil(() => told("staked").length === 3, 5);
    expect(told("firstBond")).toHaveLength(1);
  });

  it("takes the faucet's grant, or from an unlimited faucet the stake that it wants", async () => {
    const { runtime, hub } = startHub(testGenesis({ faucet: "unlimited" }));
    const { told } = startTestClient(hub, runtime, { stake: 5_000_000 });
    await until(() => told("staked").length > 0);
    expect(told("staked")).toMatchObject([{ bonded: 5_000_000, liquid: 0 }]);
  });

  it("says that a stake is above the balance, and goes on", async () => {
    const { runtime, hub } = startHub();
    const { session, told } = startTestClient(hub, runtime, { stake: 1_001 });
    await until(() => told("rejected").length > 0);
    expect(told("rejected")).toMatchObject([
      { code: "INSUFFICIENT_FUNDS", message: expect.stringContaining("at most 1000") },
    ]);
    await runtime.advance(100);
    expect(session.getState().connection.phase).toBe("online");
    expect(await session.bond(50)).toEqual({ ok: true });
    expect(told("staked")).toMatchObject([{ bonded: 50, liquid: 950 }]);
  });

  it("tops its stake up, and never takes any back", async () => {
    const { runtime, hub } = startHub();
    const first = startTestClient(hub, runtime, { stake: 100, name: "anna" });
    await until(() => first.told("staked").length > 0);
    const { homeDir } = first;
    await first.session.stop();
    const second = startTestClient(hub, runtime, { stake: 150, name: "anna", homeDir });
    await until(() => second.told("staked").length > 0);
    expect(second.told("staked")).toMatchObject([{ bonded: 150, liquid: 850 }]);
    expect(second.told("joined")).toEqual([]);
    await second.session.stop();
    const third = startTestClient(hub, runtime, { stake: 120, name: "anna", homeDir });
    await until(() => third.told("notice").length > 0);
    expect(third.told("staked")).toMatchObject([{ bonded: 150, liquid: 850 }]);
    expect(third.told("notice")).toMatchObject([{ message: expect.stringContaining("never takes any back") }]);
  });

  it("takes the free name that the hub suggests, where nobody asked for one", async () => {
    const { runtime, hub } = startHub();
    hub.act((simulated) => simulated.join(keyOf(9), "anna", 10));
    const { told } = startTestClient(hub, runtime);
    await until(() => told("joined").length > 0);
    expect(told("joined")).toMatchObject([{ name: "anna-2" }]);
    expect(told("rejected")).toEqual([]);
  });

  it("refuses to go on under another name than it was told, and says which one is free", async () => {
    const { runtime, hub } = startHub();
    hub.act((simulated) => simulated.join(keyOf(9), "anna", 10));
    const { session, told } = startTestClient(hub, runtime, { name: "Anna" });
    await until(() => told("rejected").length > 0);
    expect(told("rejected")).toMatchObject([{ code: "NAME_TAKEN", message: expect.stringContaining("--name Anna-2") }]);
    await runtime.advance(200);
    expect(session.getState().connection).toMatchObject({
      phase: "refused",
      fault: { code: "NAME_TAKEN", suggestion: "Anna-2" },
      isConnected: true,
    });
    session.takeNewIdentity("Anna-2");
    await until(() => told("joined").length > 0);
    expect(told("joined")).toMatchObject([{ name: "Anna-2" }]);
    // The hub was there all the time; who is connected now is the news.
    expect(told("connected").map(({ name }) => name)).toEqual(["Anna", "Anna-2"]);
    expect(told("reconnected")).toEqual([]);
  });

  it("follows rounds while it is refused only for its name, and says when the hub is gone", async () => {
    const { runtime, hub } = startHub();
    hub.act((simulated) => simulated.join(keyOf(9), "anna", 10));
    const { session } = startTestClient(hub, runtime, { name: "anna" });
    const isRefused = (): boolean => session.getState().connection.phase === "refused";
    await runtime.advanceUntil(isRefused, 100);
    const round = (): number => session.getState().round?.opening.round ?? 0;
    const before = round();
    await runtime.advanceUntil(() => round() > before, 500);
    expect(isRefused()).toBe(true);
    hub.cut();
    await runtime.advanceUntil(() => session.getState().connection.phase === "offline", 100);
    await runtime.advanceUntil(isRefused, 100);
  });

  it.each([
    [72.5, "MALFORMED"],
    [Number.NaN, "MALFORMED"],
    [29, "BPM_OUT_OF_RANGE"],
    [-40, "BPM_OUT_OF_RANGE"],
    [221, "BPM_OUT_OF_RANGE"],
  ])("refuses BPM %s itself, and sends nothing", async (bpm, code) => {
    const { runtime, hub } = startHub();
    const { session, told } = startTestClient(hub, runtime, { stake: 100 });
    await until(() => told("round").length > 0);
    expect(await session.propose(bpm)).toMatchObject({ ok: false, fault: { code } });
    expect(told("rejected")).toMatchObject([{ code, bpm }]);
    expect(hub.count("propose")).toBe(0);
  });

  it("says that nothing is staked, where nothing is", async () => {
    const { runtime, hub } = startHub();
    const { session, told } = startTestClient(hub, runtime);
    await until(() => told("joined").length > 0);
    expect(await session.propose(72)).toMatchObject({ ok: false, fault: { code: "NOT_BONDED" } });
  });

  it("counts rounds on a machine whose clock is an hour wrong, and jumps", async () => {
    const { runtime, hub } = startHub();
    hub.aheadMs = 3_600_000;
    const { session, told } = startTestClient(hub, runtime, { stake: 100 });
    await until(() => told("round").length > 0);
    const leftMs = () => (session.getState().round?.closesAtMs ?? 0) - runtime.nowMs();
    await runtime.advance(4_000);
    expect(leftMs()).toBe(6_000);
    runtime.setWallClock(-86_400_000);
    hub.aheadMs += 86_400_000;
    session.repeat(72);
    await runtime.advance(200);
    expect(leftMs()).toBe(5_800);
  });

  it("proposes by itself every round where it is told to", async () => {
    const { runtime, hub } = startHub();
    const { session, told } = startTestClient(hub, runtime, { stake: 100, bpm: { kind: "fixed", bpm: 80 } });
    await runtime.advanceUntil(() => told("winner").length === 2, 500);
    expect(told("winner").map(({ bpm }) => bpm)).toEqual([80, 80]);
    session.repeat(null);
    const before = hub.count("propose");
    await runtime.advance(30_000);
    expect(hub.count("propose")).toBe(before);
  });

  it("signs nothing for rounds that were over before it heard of them, and goes on in the open one", async () => {
    const { runtime, hub } = startHub(testGenesis({ roundMs: 1_000 }));
    const { session, told } = startTestClient(hub, runtime, { stake: 100 });
    await until(() => told("staked").length > 0 && told("round").length > 0);
    hub.hold();
    await runtime.advance(1_500);
    const proposed = session.propose(72);
    await runtime.advance(2_000);
    hub.release();
    expect(await proposed).toEqual({ ok: true });
    expect(told("round").map(({ round }) => round)).toEqual([1, 2, 3, 4]);
    expect(told("proposed")).toMatchObject([{ round: 4, bpm: 72 }]);
    expect(told("rejected")).toEqual([]);
  });

  it("runs several as bots, each proposing once a round at a time of its own", async () => {
    const { runtime, hub } = startHub();
    const plan = { kind: "random", range: { min: 60, max: 70 } } as const;
    const { told, session } = startTestClient(hub, runtime, { bots: 3, stake: 10, bpm: plan });
    await runtime.advanceUntil(() => told("staked").length === 3, 5);
    expect(told("connected").map(({ name }) => name)).toEqual(["bot-1", "bot-2", "bot-3"]);
    await runtime.advanceUntil(() => told("winner").length === 2, 500);
    const proposals = hub.requests.flatMap((request) =>
      request.type === "propose" ? [request.proposal as Proposal] : [],
    );
    const inSecondRound = proposals.filter(({ round }) => round === 2);
    expect(new Set(inSecondRound.map(({ publicKey }) => publicKey)).size).toBe(3);
    expect(inSecondRound.every(({ bpm }) => bpm >= 60 && bpm <= 70)).toBe(true);
    expect(told("block").map(({ verified }) => verified)).toEqual(["full", "full"]);
    await session.stop();
    expect(hub.connections).toBe(0);
  });

  it("watches without an identity", async () => {
    const { runtime, hub } = startHub();
    hub.act((simulated) => simulated.join(keyOf(9), "ben", 10));
    const { session, told } = startTestClient(hub, runtime, { spectate: true });
    await until(() => told("round").length > 0);
    expect(told("connected")).toMatchObject([{ name: null, address: null }]);
    expect(await session.propose(72)).toMatchObject({ ok: false, fault: { code: "LOGIN_REQUIRED" } });
    hub.act((simulated) => simulated.propose(keyOf(9), 61));
    await runtime.advance(10_000);
    await until(() => told("winner").length > 0);
    expect(told("winner")).toMatchObject([{ name: "ben", you: false }]);
    expect(session.getState().me).toBeNull();
  });
});
