// However a client dies, and whatever becomes of its answers, it never signs two different proposals for one round.
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { type Proposal, unsigned } from "pos-shared/model/proposal.ts";
import { describe, expect, it } from "vitest";
import { testGenesis, keyOf as testKey } from "../../../shared/test/support/simulated-hub.ts";
import { identityFilesOf, killed, startTestClient, type TestClient } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

const ROUND_MS = 10_000;

/** A validator in an open round. */
async function staked(): Promise<{ runtime: FakeRuntime; hub: WiredHub; client: TestClient }> {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: ROUND_MS }) });
  const client = startTestClient(hub, runtime, { stake: 100, name: "anna" });
  await until(() => client.told("round").length > 0 && client.told("staked").length > 0);
  return { runtime, hub, client };
}

/** What was ever handed in, by round; each round's must all say the same. */
function proposalsByRound(hub: WiredHub): Map<number, Set<string>> {
  const byRound = new Map<number, Set<string>>();
  for (const request of hub.requests) {
    if (request.type !== "propose") continue;
    const proposal = request.proposal as Proposal;
    const said = byRound.get(proposal.round) ?? new Set();
    byRound.set(proposal.round, said.add(canonicalize(unsigned(proposal))));
  }
  return byRound;
}

function expectOneEachRound(hub: WiredHub): void {
  for (const [round, said] of proposalsByRound(hub)) expect(said.size, `round ${round}`).toBe(1);
  expect(hub.simulated.state.chain.ledger.burned).toBe(0);
}

describe("an honest client is never slashed (DESIGN §7)", () => {
  it("puts what it signed on the disk before it sends it", async () => {
    const { hub, client } = await staked();
    const { signed } = identityFilesOf(client, hub);
    let wasRecorded: boolean | undefined;
    hub.onRequest = (request) => {
      if (request.type === "propose") wasRecorded = signed().includes((request.proposal as Proposal).signature);
    };
    await client.session.propose(72);
    expect(wasRecorded).toBe(true);
  });

  it("sends the same again where the answer was lost with the connection", async () => {
    const { runtime, hub, client } = await staked();
    hub.unanswered.add("propose");
    const outcome = client.session.propose(72);
    await settle();
    expect(hub.count("propose")).toBe(1);
    hub.unanswered.clear();
    hub.cut();
    await runtime.advanceUntil(() => client.told("accepted").length > 0);
    expect(await outcome).toEqual({ ok: true });
    expectOneEachRound(hub);
  });

  it("sends the same again where the proposal itself was lost", async () => {
    const { runtime, hub, client } = await staked();
    hub.lost.add("propose");
    const outcome = client.session.propose(72);
    await settle();
    hub.lost.clear();
    hub.cut();
    await runtime.advanceUntil(() => client.told("accepted").length > 0);
    expect(await outcome).toEqual({ ok: true });
    expect(hub.count("propose")).toBe(1);
    expectOneEachRound(hub);
  });

  it("tells its user that a lost proposal came too late, and signs it anew for the next round", async () => {
    const { runtime, hub, client } = await staked();
    hub.act((simulated) => simulated.join(testKey(9), "ben", 10));
    hub.lost.add("propose");
    const outcome = client.session.propose(72);
    await settle();
    hub.act((simulated) => simulated.propose(testKey(9), 61));
    await runtime.advance(ROUND_MS - 1_000);
    hub.lost.clear();
    await runtime.advanceUntil(() => client.told("accepted").length > 0);
    expect(await outcome).toEqual({ ok: true });
    expect(client.told("rejected")).toMatchObject([{ code: "ROUND_CLOSED", bpm: 72, round: 1 }]);
    expect(client.told("accepted")).toMatchObject([{ bpm: 72, round: 2 }]);
    expectOneEachRound(hub);
  });

  it("killed between signing and sending, sends just what it had signed when it is back", async () => {
    const { runtime, hub, client } = await staked();
    hub.lost.add("propose");
    void client.session.propose(72);
    await settle();
    expect(hub.count("propose")).toBe(0);
    killed(hub);
    hub.lost.clear();
    const again = startTestClient(hub, runtime, { name: "anna", homeDir: client.homeDir });
    await until(() => again.told("accepted").length > 0);
    expect(again.told("accepted")).toMatchObject([{ round: 1, bpm: 72 }]);
    // What somebody enters now is for the next round.
    const outcome = again.session.propose(99);
    await settle();
    expect(hub.count("propose")).toBe(1);
    await runtime.advance(ROUND_MS);
    expect(await outcome).toEqual({ ok: true });
    expect(again.told("accepted").at(-1)).toMatchObject({ round: 2, bpm: 99 });
    expectOneEachRound(hub);
  });

  it("takes over what another machine proposed with a copy of its key, before it signs anything", async () => {
    const { runtime, hub, client } = await staked();
    const { key } = identityFilesOf(client, hub);
    hub.cut();
    hub.act((simulated) => expect(simulated.propose(key, 61)).toBe("accepted"));
    const outcome = client.session.propose(99);
    await runtime.advanceUntil(() => client.told("reconnected").length > 0);
    await settle();
    expect(client.told("accepted")).toMatchObject([{ round: 1, bpm: 61 }]);
    expect(hub.count("propose")).toBe(0);
    await runtime.advance(ROUND_MS);
    expect(await outcome).toEqual({ ok: true });
    expect(client.told("accepted").at(-1)).toMatchObject({ round: 2, bpm: 99 });
    expect(hub.simulated.state.chain.ledger.burned).toBe(0);
  });

  it("asks each second again where the hub cannot store it just now", async () => {
    const { runtime, hub, client } = await staked();
    hub.tamper = (message) =>
      message.type === "accepted"
        ? {
            type: "error",
            re: message.re,
            code: "STORE_FAILED",
            path: null,
            expected: null,
            actual: null,
            suggestion: null,
          }
        : message;
    const outcome = client.session.propose(72);
    await settle();
    expect(client.told("rejected")).toMatchObject([{ code: "STORE_FAILED" }]);
    hub.tamper = (message) => message;
    await runtime.advance(1_000);
    expect(await outcome).toEqual({ ok: true });
    expectOneEachRound(hub);
  });

  it("holds through kills and lost answers at random", async () => {
    const { runtime, hub, client } = await staked();
    let current = client;
    for (let step = 0; step < 60; step++) {
      const dice = runtime.random();
      if (dice < 0.4) void current.session.propose(40 + step);
      else if (dice < 0.5) hub.lost.add("propose");
      else if (dice < 0.6) hub.unanswered.add("propose");
      else if (dice < 0.75) hub.lost.clear();
      else if (dice < 0.85) hub.unanswered.clear();
      else if (dice < 0.92) hub.cut();
      else {
        killed(hub);
        current = startTestClient(hub, runtime, { name: "anna", homeDir: client.homeDir });
      }
      await runtime.advance(700);
    }
    expect(proposalsByRound(hub).size).toBeGreaterThan(1);
    expectOneEachRound(hub);
  });
});
