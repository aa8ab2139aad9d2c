/** Clients that do not keep up never hold up others (PERFORMANCE, rules 2, 3 and 6). */
import { expect, test, vi } from "vitest";
import type { HubPort } from "../../src/sequencer/hub-port.ts";
import { connect } from "./support/client.ts";
import { largePage } from "./support/large-page.ts";
import { slashing, startLoudHub } from "./support/loud-hub.ts";
import { startTestHub } from "./support/test-hub.ts";

const MIB = 1024 * 1024;

test("a subscriber that does not read is closed as too slow, and the others hear everything", async () => {
  const { hub, tell } = await startLoudHub({ gateway: { limits: { closeTimeoutMs: 30_000 } } });
  const [slow, quick] = [await connect(hub), await connect(hub)];
  for (const client of [slow, quick]) await client.request({ type: "subscribe" });
  let heard = 0;
  quick.ws.removeAllListeners("message");
  quick.ws.on("message", (data) => {
    if (data.toString().startsWith('{"type":"slashed"')) heard++;
  });
  slow.ws.removeAllListeners("message");
  slow.ws.pause();
  let told = 0;
  while (!(await hub.telemetry.expose()).includes('code="TOO_SLOW"')) {
    for (let i = 0; i < 16; i++, told++) {
      tell(slashing(64 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await vi.waitFor(() => expect(heard).toBe(told));
  slow.ws.resume();
  expect(await slow.closed).toEqual({ code: 1008, reason: "TOO_SLOW" });
});

test("pages wait for a reader who takes his time, are bounded in memory, and are not held against him", async () => {
  const asked: number[] = [];
  const page = (port: HubPort): HubPort => ({
    ...port,
    readBlocks: (from) => {
      asked.push(from);
      return largePage(MIB);
    },
  });
  const hub = await startTestHub({ port: page, gateway: { limits: { maxWaitingPages: 64 } } });
  const client = await connect(hub);
  await client.request({ type: "subscribe" });
  client.ws.pause();
  const ids = Array.from({ length: 64 }, (_, i) => client.send({ type: "blocks", from: i + 1, limit: 1 }));
  // The hub serves what the kernel takes and a little more; other clients are answered meanwhile.
  const other = await connect(hub);
  let served = -1;
  while (served !== asked.length) {
    served = asked.length;
    for (let i = 0; i < 20; i++) await other.request({ type: "ping" });
  }
  expect(served).toBeGreaterThan(0);
  expect(served).toBeLessThan(32);
  client.ws.resume();
  for (const id of ids) await client.take((message) => "re" in message && message.re === id);
  expect(asked).toHaveLength(64);
  expect(client.ws.readyState).toBe(client.ws.OPEN);
});

test("who asks for more pages than may wait is refused some", async () => {
  const hub = await startTestHub({ gateway: { limits: { maxWaitingPages: 2 } } });
  const client = await connect(hub);
  for (let i = 0; i < 5; i++) client.send({ type: "blocks", from: 1, limit: 1 });
  const codes = [];
  for (let i = 0; i < 5; i++) {
    const reply = await client.take((message) => "re" in message);
    codes.push(reply.type === "error" ? reply.code : reply.type);
  }
  expect(codes.sort()).toEqual(["RATE_LIMITED", "RATE_LIMITED", "RATE_LIMITED", "blocks", "blocks"]);
});

test("pages of joiners who come together are read once", async () => {
  let reads = 0;
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readBlocks: (from, limit) => {
        reads++;
        return port.readBlocks(from, limit);
      },
    }),
  });
  const clients = [await connect(hub), await connect(hub), await connect(hub)];
  await Promise.all(clients.map((client) => client.request({ type: "blocks", from: 1, limit: 1000 })));
  expect(reads).toBe(1);
});

test("a connection that answers no ping is ended; one that does stays", async () => {
  const hub = await startTestHub({ gateway: { limits: { heartbeatMs: 20 } } });
  const dead = await connect(hub, { autoPong: false });
  const alive = await connect(hub);
  expect(await dead.closed).toMatchObject({ code: 1006 });
  expect(await alive.request({ type: "ping" })).toMatchObject({ type: "pong" });
});

test("one that was sent much has the longer to answer, for a slow line carries that first", async () => {
  const hub = await startTestHub({
    gateway: { limits: { heartbeatMs: 20, maxWaitingPages: 16 } },
    port: (port) => ({ ...port, readBlocks: () => largePage(MIB) }),
  });
  const client = await connect(hub, { autoPong: false });
  const ids = Array.from({ length: 16 }, (_, i) => client.send({ type: "blocks", from: i + 1, limit: 1 }));
  client.ws.on("message", () => {
    client.ws.pause();
    setTimeout(() => client.ws.resume(), 20);
  });
  for (const id of ids) await client.take((message) => "re" in message && message.re === id);
});

test("where too much waits for all together, readers who never read are closed as too slow", async () => {
  const hub = await startTestHub({
    gateway: { limits: { heartbeatMs: 50, maxUnsentTotalBytes: MIB / 2, maxWaitingPages: 64, closeTimeoutMs: 30_000 } },
    port: (port) => ({ ...port, readBlocks: () => largePage(MIB) }),
  });
  const [deaf, quick] = [await connect(hub), await connect(hub)];
  deaf.ws.pause();
  for (let i = 0; i < 64; i++) deaf.send({ type: "blocks", from: i + 1, limit: 1 });
  await vi.waitFor(async () => expect(await hub.telemetry.expose()).toContain('code="TOO_SLOW"'), 10_000);
  expect(await quick.request({ type: "ping" })).toMatchObject({ type: "pong" });
  deaf.ws.resume();
  expect(await deaf.closed).toEqual({ code: 1008, reason: "TOO_SLOW" });
});
