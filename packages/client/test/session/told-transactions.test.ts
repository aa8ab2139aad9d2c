/** What one did with one's tokens is told when it is accepted, and when a block carries it (DESIGN §8). */
import { addressOf } from "pos-shared/crypto/keys.ts";
import { expect, it } from "vitest";
import { keyOf, testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { startTestClient } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

const ROUND_MS = 10_000;
const BEN = keyOf(9);
const BEN_ADDRESS = addressOf(BEN.publicKey);

async function staked() {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: ROUND_MS }) });
  hub.act((simulated) => simulated.join(BEN, "ben", 10));
  const client = startTestClient(hub, runtime, { stake: 100, name: "anna" });
  await until(() => client.told("staked").length > 0);
  await runtime.advance(ROUND_MS);
  await until(() => client.told("block").length === 1);
  client.events.length = 0;
  return { runtime, hub, client, session: client.session };
}

it("accepted at once, recorded by the block of its round, and waiting between", async () => {
  const { runtime, client, session } = await staked();
  const { told } = client;
  await session.unbond(30);
  await session.transfer("ben", 7);
  const unbond = { type: "unbond", amount: 30, to: null, round: 2, frees: 4, name: "anna" };
  const transfer = { type: "transfer", amount: 7, to: BEN_ADDRESS, toName: "ben", round: 2, frees: null };
  expect(told("transaction")).toMatchObject([
    { ...unbond, phase: "accepted", index: null },
    { ...transfer, phase: "accepted", index: null },
  ]);
  await runtime.advance(100);
  expect(session.getState().me?.waiting).toEqual([
    { type: "unbond", amount: 30, round: 2 },
    { type: "transfer", amount: 7, round: 2 },
  ]);
  await runtime.advance(ROUND_MS);
  await until(() => told("block").length === 1);
  expect(told("transaction").slice(2)).toMatchObject([
    { ...unbond, phase: "recorded", index: 2 },
    { ...transfer, phase: "recorded", index: 2 },
  ]);
  await runtime.advance(100);
  expect(session.getState().me?.waiting).toEqual([]);
});

it("once each, where the connection is lost between", async () => {
  const { runtime, hub, client, session } = await staked();
  hub.unanswered.add("transact");
  const outcome = session.bond(50);
  await settle();
  hub.unanswered.clear();
  hub.cut();
  await runtime.advance(1_000);
  await outcome;
  hub.cut();
  await runtime.advance(1_000);
  await runtime.advance(ROUND_MS);
  await until(() => client.told("block").length === 1);
  expect(client.told("transaction").map(({ phase }) => phase)).toEqual(["accepted", "recorded"]);
});

it("tokens that others send are told when a block carries them, one's own never", async () => {
  const { runtime, hub, client, session } = await staked();
  const { address } = session.getState().me ?? { address: "" };
  await session.transfer(address, 3);
  hub.act((simulated) => {
    const nonce = simulated.nonceOf(BEN);
    simulated.transact(BEN, { type: "transfer", nonce, to: address, amount: 12 });
  });
  await runtime.advance(ROUND_MS);
  await until(() => client.told("block").length === 1);
  expect(client.told("received")).toEqual([
    { event: "received", amount: 12, from: BEN_ADDRESS, fromName: "ben", index: 2, address, name: "anna" },
  ]);
});
