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
import { makeDataDirectory } from "../support/data-directory.ts";

/** So many come and go before the first look: code is compiled then. */
const WARM_UP = 2_000;
const SETTLE_MS = 500;
const BYTES_PER_KB = 1_024;

export const memory: Row = {
  name: "memory",
  async *run(bench) {
    const validators = pick(bench, 40, 19_000);
    const size = `${count(validators)} validators`;
    const inKb = (bytes: readonly number[]) => bytes.map((each) => each / BYTES_PER_KB);
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let i = 0; i < bench.repetitions; i++) {
      bench.note(`${count(validators)} validators log in (${i + 1} of ${bench.repetitions})`);
      ours.push(await bytesPerValidator(bench, validators, i));
      baseline.push(await bytesPerSocket(bench, validators));
    }
    yield {
      what: "memory a connection at 19,000 validators, state included",
      size,
      unit: "kB",
      ours: inKb(ours),
      baseline: inKb(baseline),
      goal: { of: "ratio", is: "at most", value: 2.5 },
    };
    bench.note(`${count(validators)} validators join`);
    yield {
      what: "the same, right after all of them have joined and bonded",
      size,
      unit: "kB",
      ours: inKb([await bytesPerJoined(bench, validators)]),
      baseline: null,
      goal: null,
    };
  },
};

/** A hub on a chain with so many accounts, all of them connected, beside one without any. */
async function bytesPerValidator(bench: Bench, validators: number, turn: number): Promise<number> {
  const empty = await startHub(bench, `empty-${turn}`, 0, validators);
  const before = await empty.settledBytes().finally(empty.stop);
  const full = await startHub(bench, `full-${turn}`, validators, validators);
  const electorate = new Electorate();
  try {
    await electorate.open({ port: full.port, from: 0, count: validators, inGenesis: validators });
    return ((await full.settledBytes()) - before) / validators;
  } finally {
    await electorate.stop();
    await full.stop();
  }
}

/** What a storm of joins leaves behind is counted too. */
async function bytesPerJoined(bench: Bench, validators: number): Promise<number> {
  const hub = await startHub(bench, "joined", 0, validators);
  const electorate = new Electorate();
  try {
    const before = await hub.settledBytes();
    await electorate.open({ port: hub.port, from: 0, count: validators, inGenesis: 0 });
    return ((await hub.settledBytes()) - before) / validators;
  } finally {
    await electorate.stop();
    await hub.stop();
  }
}

/**
 * A hub to which some have come, and gone again.
 * @param inGenesis so many validators are on its chain
 * @param strangers keys from here on are nobody's
 */
async function startHub(bench: Bench, name: string, inGenesis: number, strangers: number) {
  const directory = join(bench.directory, name);
  makeDataDirectory(directory, inGenesis);
  const hub = startChild<Memory>(new URL("../servers/memory-server.ts", import.meta.url), ["--expose-gc"]);
  const port = await hub.call("open", directory);
  const visitors = new Electorate();
  const visits = Math.min(WARM_UP, strangers);
  await visitors.open({ port, from: strangers, count: visits, inGenesis: strangers + visits });
  await visitors.stop();
  return {
    port,
    stop: hub.stop,
    settledBytes: async () => {
      await hub.call("settle", null);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await hub.call("collect", null);
      return residentBytesOf(hub.pid);
    },
  };
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
