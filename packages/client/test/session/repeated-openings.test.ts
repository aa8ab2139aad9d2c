// DESIGN §6: openings are signed, so anybody on the line can say old ones again. That is no news.
import type { HubMessage, PushOf } from "pos-shared/protocol/hub-messages.ts";
import { expect, it } from "vitest";
import { testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { startTestClient } from "../support/client.ts";
import { FakeRuntime } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

it("openings that are said again stop nobody who proposes by itself, and tell no round twice", async () => {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: 10_000 }) });
  const heard: PushOf<"opening">[] = [];
  hub.addTo = (message: HubMessage) => {
    if (message.type === "opening") heard.push(message);
    const isDue = message.type === "opening" || message.type === "activity" || message.type === "pong";
    return isDue ? heard.slice(-4) : [];
  };
  const plan = { kind: "fixed", bpm: 80 } as const;
  const { session, told } = startTestClient(hub, runtime, { stake: 100, name: "anna", bpm: plan });
  await runtime.advanceUntil(() => told("winner").length === 8, 500);
  expect(told("winner").map(({ round }) => round)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const rounds = told("round").map(({ round }) => round);
  expect(rounds).toEqual(Array.from(rounds, (_, i) => i + 1));
  expect([...told("alarm"), ...told("disconnected"), ...told("rejected")]).toEqual([]);
  await session.stop();
});

it("an opening that is said again after the hub said that rounds rest tells no round twice", async () => {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: 10_000 }) });
  hub.addTo = (message: HubMessage) =>
    message.type === "opening"
      ? [{ type: "idle", round: message.opening.round }, message, { type: "idle", round: 1 }, message]
      : [];
  const { session, told } = startTestClient(hub, runtime, {
    stake: 100,
    name: "anna",
    bpm: { kind: "fixed", bpm: 80 },
  });
  await runtime.advanceUntil(() => told("winner").length === 3, 500);
  const rounds = told("round").map(({ round }) => round);
  expect(rounds).toEqual(Array.from(rounds, (_, i) => i + 1));
  await session.stop();
});
