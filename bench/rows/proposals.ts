/** Proposals accepted a second, each durable and receipted, beside a loop that only verifies their signatures. */
import { join } from "node:path";
import { Electorate } from "../load/electorate.ts";
import { startChild } from "../run/child.ts";
import { cpuMicrosOf } from "../run/cpu.ts";
import { startHub } from "../run/hub-process.ts";
import type { Line } from "../run/line.ts";
import { type Bench, count, pick, type Row } from "../run/row.ts";
import type { Core } from "../servers/core-server.ts";
import type { Verifier } from "../servers/verify-server.ts";
import { makeDataDirectory } from "../support/data-directory.ts";

const WHAT = "proposals accepted a second, durable and receipted";
const GOAL = { of: "ratio", is: "at least", value: 0.5 } as const;
/** So many rounds go first and count for nothing: V8 compiles until it has seen some ten thousand proposals. */
const WARM_UP_ROUNDS = 6;
const MS_PER_SECOND = 1_000;
const MICROS_PER_SECOND = 1_000_000;

export const proposals: Row = {
  name: "proposals",
  isDurable: true,
  async *run(bench) {
    yield* measureCore(bench);
    yield* measureSockets(bench);
  },
};

/** From the frame's text to the receipt's frame, in one process: time that passes. */
async function* measureCore({ directory, repetitions, ...bench }: Bench): AsyncIterable<Line> {
  const validators = pick(bench, 50, 5_000);
  const warmUpRounds = pick(bench, 1, WARM_UP_ROUNDS);
  const core = startChild<Core>(new URL("../servers/core-server.ts", import.meta.url));
  try {
    await core.call("open", { directory: join(directory, "core"), validators });
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let i = -warmUpRounds; i < repetitions; i++) {
      await core.call("prepare", null);
      const accepted = (validators * MS_PER_SECOND) / (await core.call("accept", null));
      const verified = (validators * MS_PER_SECOND) / (await core.call("verify", null));
      await core.call("close", null);
      if (i < 0) continue;
      ours.push(accepted);
      baseline.push(verified);
    }
    yield { what: WHAT, size: `${count(validators)}, no sockets`, unit: "1/s", ours, baseline, goal: GOAL };
  } finally {
    await core.stop();
  }
}

/**
 * The program itself with a socket for each validator, CPU of its process: beside bare sockets that take the same frames
 * from the same processes and only verify, and beside the loop that has no sockets at all.
 */
async function* measureSockets({ directory, repetitions, ...bench }: Bench): AsyncIterable<Line> {
  const validators = pick(bench, 20, 2_000);
  const warmUpRounds = pick(bench, 1, WARM_UP_ROUNDS);
  const data = join(directory, "sockets");
  makeDataDirectory(data, validators);
  const hub = await startHub(["--data", data], directory, ["--round", pick(bench, "1s", "6s")]);
  const electorate = new Electorate();
  const beside = startChild<Verifier>(new URL("../servers/verify-server.ts", import.meta.url));
  const core = startChild<Core>(new URL("../servers/core-server.ts", import.meta.url));
  try {
    await core.call("open", { directory: join(directory, "beside"), validators });
    await core.call("prepare", null);
    const chainId = await electorate.open({ port: hub.port, from: 0, count: validators, inGenesis: validators });
    await electorate.openBeside(await beside.call("open", chainId));
    const [ours, bare, loop]: [number[], number[], number[]] = [[], [], []];
    for (let i = -warmUpRounds; i < repetitions; i++) {
      await electorate.prepare();
      const accepted = await rateOf(hub.pid, validators, () => electorate.propose());
      await electorate.block();
      const answered = await rateOf(beside.pid, validators, () => electorate.proposeBeside());
      const verified = (validators * MS_PER_SECOND) / (await core.call("verify", null));
      if (i < 0) continue;
      ours.push(accepted);
      bare.push(answered);
      loop.push(verified);
    }
    const size = `${count(validators)}, a socket each, per second of the server's CPU`;
    yield { what: WHAT, size, unit: "1/s", ours, baseline: bare, goal: GOAL };
    yield { what: "the same, beside a loop without sockets", size, unit: "1/s", ours, baseline: loop, goal: null };
  } finally {
    await electorate.stop();
    await beside.stop();
    await core.stop();
    await hub.stop();
  }
}

/** So many of something done a second of a process's CPU. */
async function rateOf(pid: number, done: number, work: () => Promise<unknown>): Promise<number> {
  const beforeMicros = cpuMicrosOf(pid);
  await work();
  return (done * MICROS_PER_SECOND) / (cpuMicrosOf(pid) - beforeMicros);
}
