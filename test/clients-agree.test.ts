// Three real clients on one hub (DESIGN §6): each verifies for itself, and all come to the same winners.
import { expect, it } from "vitest";
import { startClient } from "./support/client.ts";
import { startHub } from "./support/hub.ts";
import { temporaryHome } from "./support/temporary-home.ts";

const BLOCKS = 8;

it("three clients agree on every winner, each having checked every draw", async () => {
  const hub = await startHub({ round: "600ms" });
  const clients = ["anna", "ben", "carl"].map((name, i) =>
    startClient(hub.url, { args: ["--name", name, "--stake", `${100 * (i + 1)}`, "--auto-bpm"] }),
  );
  const winners = await Promise.all(
    clients.map(async ({ events }) => {
      await events.waitFor("winner", ({ index }) => index >= BLOCKS);
      return events.all("winner").filter(({ index }) => index > 1 && index <= BLOCKS);
    }),
  );
  const withoutPoint = winners.map((told) => told.map(({ time: _time, you: _you, ...winner }) => winner));
  expect(withoutPoint[0]?.map(({ index }) => index)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(withoutPoint[1]).toEqual(withoutPoint[0]);
  expect(withoutPoint[2]).toEqual(withoutPoint[0]);
  for (const at of [0, 1, 2, 3, 4, 5, 6]) {
    expect(winners.filter((told) => told[at]?.you === true)).toHaveLength(1);
  }
  for (const { events } of clients) {
    expect(events.all("block").filter(({ verified }) => verified !== "full")).toEqual([]);
    expect(events.all("alarm")).toEqual([]);
  }
  // They are what the hub recorded.
  const recorded = (await hub.blocks()).slice(1, BLOCKS).map(({ hash, validator, bpm }) => ({ hash, validator, bpm }));
  expect(withoutPoint[0]?.map(({ hash, validator, bpm }) => ({ hash, validator, bpm }))).toEqual(recorded);
});

it("a client whose hub was killed and started again hears the rest of the chain, no block twice", async () => {
  const home = temporaryHome();
  const hub = await startHub({ round: "500ms", home });
  const { port } = new URL(hub.url);
  const client = startClient(hub.url, { args: ["--stake", "100", "--bpm", "72"] });
  await client.events.waitFor("winner", ({ index }) => index === 2);
  await hub.kill();
  await client.events.waitFor("disconnected");
  const again = await startHub({ round: "500ms", home, args: ["--port", port] });
  const { index: resumedAt } = await client.events.waitFor("reconnected");
  await client.events.waitFor("winner", ({ index }) => index > resumedAt + 2);
  const indexes = client.events.all("block").map(({ index }) => index);
  expect(indexes).toEqual(indexes.map((_, i) => i + 1));
  expect(client.events.all("alarm")).toEqual([]);
  expect(again.chainId).toBe(hub.chainId);
});
