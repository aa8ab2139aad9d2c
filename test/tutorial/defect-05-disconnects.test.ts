// What the tutorial's program gets wrong, item 5: each disconnect leaves a loop that takes a whole core for ever, three
// goroutines and a socket.
import { expect, it } from "vitest";
import { type Hub, startHub } from "../support/hub.ts";
import { metric } from "../support/metrics.ts";
import { Person } from "../support/person.ts";
import { RawClient } from "../support/raw-client.ts";
import { connect, startValidator, type Validator } from "../support/validator.ts";

const DISCONNECTS = 1_000;
const AT_ONCE = 50;
const MIB = 1024 * 1024;

it("costs nothing after 1,000 connects and disconnects: CPU idle, sockets and memory as before", async () => {
  const hub = await startHub({ round: "200ms" });
  const anna = await startValidator(hub);
  // Once before it is measured: what is loaded and compiled at first use is no leak.
  await comeAndGo(hub, 200);
  const before = await quietRounds(hub, anna);

  await comeAndGo(hub, DISCONNECTS);
  const after = await quietRounds(hub, anna);

  expect(after.connections).toBe(before.connections);
  expect(after.openFiles).toBe(before.openFiles);
  expect(after.residentBytes - before.residentBytes).toBeLessThan(64 * MIB);
  // The original's thousand loops would have used every core of these rounds: at least 2 s. Ours: some milliseconds.
  expect(after.cpuSeconds - before.cpuSeconds).toBeLessThan(0.5);
});

it("lets a newcomer in as before", async () => {
  const hub = await startHub();
  await comeAndGo(hub, 100);
  const { person, client } = await startValidator(hub);
  await client.proposeUntilAccepted(person, 72);
  await client.push("block", ({ block }) => JSON.stringify(block).includes(person.address));
});

/** Connections of every kind end in every way: before a word, after the login, with and without goodbye. */
async function comeAndGo(hub: Hub, count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, i) => {
        const client = i % 5 === 0 ? new RawClient(hub.url) : await connect(hub);
        if (i % 5 === 0) await new Promise((resolve) => client.ws.once("open", resolve));
        if (i % 5 === 1) await client.logIn(new Person());
        if (i % 5 === 2) await client.subscribe();
        if (i % 2 === 0) client.ws.terminate();
        else client.ws.close();
        await client.closed;
      }),
    );
  }
}

interface Cost {
  readonly cpuSeconds: number;
  readonly connections: number;
  readonly openFiles: number;
  readonly residentBytes: number;
}

/** What the hub uses over ten rounds in which nobody does anything. */
async function quietRounds(hub: Hub, { client }: Validator): Promise<Cost> {
  const nextRound = () => client.openRound(client.opening?.round ?? 0);
  // Until the hub has noticed that the last one is gone; a connection that is never let go is seen in what follows.
  for (let round = 0; round < 25; round++) {
    await nextRound();
    if (metric(await hub.metrics(), "pos_hub_connections") === 1) break;
  }
  const start = await hub.metrics();
  for (let round = 0; round < 10; round++) await nextRound();
  const end = await hub.metrics();
  return {
    cpuSeconds: metric(end, "process_cpu_seconds_total") - metric(start, "process_cpu_seconds_total"),
    connections: metric(end, "pos_hub_connections"),
    openFiles: end.get("process_open_fds") ?? 0,
    residentBytes: metric(end, "process_resident_memory_bytes"),
  };
}
