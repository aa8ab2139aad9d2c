/** What a validator costs the hub in memory: connection, session and account; seen from outside the process. */
import { join } from "node:path";
import { Crowd } from "../load/crowd.ts";
import { Electorate } from "../load/electorate.ts";
import { startChild } from "../run/child.ts";
import { residentBytesOf } from "../run/cpu.ts";
import type { Bench } from "../run/row.ts";
import { count, pick, type Row } from "../run/row.ts";
import type { Memory } from "../servers/memory-server.ts";
import type { Pushing } from "../servers/pushing.ts";

/** So many come and go before the first look: code is compiled then, and what a storm of joins leaves is there. */
const WARM_UP = 2_000;
const SETTLE_MS = 500;
const BYTES_PER_KB = 1_024;

export const memory: Row = {
  name: "memory",
  async *run(bench) {
    const validators = pick(bench, 40, 19_000);
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let i = 0; i < bench.repetitions; i++) {
      bench.note(`${count(validators)} validators join (${i + 1} of ${bench.repetitions})`);
      ours.push(await bytesPerValidator(bench, validators, i));
      baseline.push(await bytesPerSocket(bench, validators));
    }
    yield {
      what: "memory a connection at 19,000 validators, state included",
      size: `${count(validators)} validators`,
      unit: "kB",
      ours: ours.map((bytes) => bytes / BYTES_PER_KB),
      baseline: baseline.map((bytes) => bytes / BYTES_PER_KB),
      goal: { of: "ratio", is: "at most", value: 2.5 },
    };
  },
};

async function bytesPerValidator(bench: Bench, validators: number, turn: number): Promise<number> {
  const hub = startChild<Memory>(new URL("../servers/memory-server.ts", import.meta.url), ["--expose-gc"]);
  const [first, electorate] = [new Electorate(), new Electorate()];
  try {
    const port = await hub.call("open", join(bench.directory, `hub-${turn}`));
    const early = Math.min(WARM_UP, validators);
    await first.open({ port, from: validators, count: early, inGenesis: 0 });
    await first.stop();
    const settled = async () => {
      await hub.call("settle", null);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await hub.call("collect", null);
      return residentBytesOf(hub.pid);
    };
    const before = await settled();
    await electorate.open({ port, from: 0, count: validators, inGenesis: 0 });
    return ((await settled()) - before) / validators;
  } finally {
    await electorate.stop();
    await hub.stop();
  }
}

async function bytesPerSocket(bench: Bench, sockets: number): Promise<number> {
  const server = startChild<Pushing>(new URL("../servers/bare-server.ts", import.meta.url), ["--expose-gc"]);
  const crowd = new Crowd();
  try {
    const { port } = await server.call("open", null);
    const resident = async () => {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await server.call("collect", null);
      return residentBytesOf(server.pid);
    };
    await crowd.open({ port, count: Math.min(WARM_UP, sockets), kind: "bare" });
    await crowd.close(port);
    const before = await resident();
    await crowd.open({ port, count: sockets, kind: "bare" });
    return ((await resident()) - before) / sockets;
  } finally {
    await crowd.stop();
    await server.stop();
    bench.note("measured bare sockets");
  }
}
