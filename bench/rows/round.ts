/** Whole rounds as validators see them: the program itself, a socket each, load from separate processes. */
import { join } from "node:path";
import { Crowd } from "../load/crowd.ts";
import { Electorate } from "../load/electorate.ts";
import { type Child, startChild } from "../run/child.ts";
import { cpuMicrosOf, sharedClockMs } from "../run/cpu.ts";
import { startHub } from "../run/hub-process.ts";
import { type Line, percentileOf } from "../run/line.ts";
import { type Bench, count, pick, type Row } from "../run/row.ts";
import type { Pushing } from "../servers/pushing.ts";
import { makeDataDirectory } from "../support/data-directory.ts";

const MICROS_PER_MS = 1_000;
const FRAME_HEADER_BYTES = 4;

interface Figures {
  readonly receiptsMs: number;
  readonly cpuMs: number;
  /** From the announced close to each client. */
  readonly latenciesMs: readonly number[];
  /** From the first write of bare sockets to each client. */
  readonly bareMs: readonly number[];
  readonly received: number;
  readonly sent: number;
}

export const round: Row = {
  name: "round",
  isDurable: true,
  async *run(bench) {
    const plans = pick(
      bench,
      [{ validators: 20, roundS: 1 }],
      [
        { validators: 300, roundS: 3 },
        { validators: 1_000, roundS: 4 },
        { validators: 10_000, roundS: 20 },
      ],
    );
    for (const { validators, roundS } of plans) {
      yield* linesOf(validators, await playRounds(bench, validators, roundS));
    }
  },
};

async function playRounds(bench: Bench, validators: number, roundS: number): Promise<Figures[]> {
  const data = join(bench.directory, `data-${validators}`);
  makeDataDirectory(data, validators);
  const hub = await startHub(["--data", data], bench.directory, ["--round", `${roundS}s`]);
  const [electorate, crowd] = [new Electorate(), new Crowd()];
  const bare = startChild<Pushing>(new URL("../servers/bare-server.ts", import.meta.url), ["--expose-gc"]);
  const rounds: Figures[] = [];
  try {
    bench.note(`${count(validators)} validators log in`);
    await electorate.open({ port: hub.port, from: 0, count: validators, inGenesis: validators });
    let pushed: Push | undefined;
    for (let i = -1; i < bench.repetitions; i++) {
      const { closesAt } = await electorate.prepare();
      const before = cpuMicrosOf(hub.pid);
      const { startedMs, endedMs } = await electorate.propose();
      const arrivals = await electorate.block();
      const cpuMs = (cpuMicrosOf(hub.pid) - before) / MICROS_PER_MS;
      pushed ??= await openPush(crowd, bare, validators, arrivals.blockBytes + FRAME_HEADER_BYTES);
      const bareMs = await arrivalsOfPush(crowd, bare, pushed);
      if (i < 0) continue;
      const closedMs = closesAt - Date.now() + sharedClockMs();
      rounds.push({
        receiptsMs: endedMs - startedMs,
        cpuMs,
        latenciesMs: arrivals.blockMs.map((ms) => ms - closedMs),
        bareMs,
        received: arrivals.bytesRead / validators,
        sent: arrivals.bytesWritten / validators,
      });
    }
  } finally {
    await electorate.stop();
    await crowd.stop();
    await bare.stop();
    await hub.stop();
  }
  return rounds;
}

/** Bare sockets, to which the same bytes are written each time. */
interface Push {
  readonly port: number;
  readonly bytes: number;
}

async function openPush(crowd: Crowd, bare: Child<Pushing>, sockets: number, bytes: number): Promise<Push> {
  const { port } = await bare.call("open", [Buffer.alloc(bytes)]);
  await crowd.open({ port, count: sockets, kind: "bare" });
  return { port, bytes };
}

async function arrivalsOfPush(crowd: Crowd, bare: Child<Pushing>, { port, bytes }: Push): Promise<number[]> {
  await crowd.expect(port, bytes);
  const startedMs = await bare.call("push", 1);
  return (await crowd.arrived(port)).map((ms) => ms - startedMs);
}

function* linesOf(validators: number, rounds: readonly Figures[]): Iterable<Line> {
  const what = `a round of ${count(validators)} validators`;
  const size = `${count(validators)} validators`;
  const plain = { size, baseline: null, goal: null };
  const each = (of: (figures: Figures) => number) => rounds.map(of);
  yield { what: `${what}: first proposal → last receipt`, unit: "ms", ours: each((one) => one.receiptsMs), ...plain };
  yield { what: `${what}: hub's CPU`, unit: "ms", ours: each((one) => one.cpuMs), ...plain };
  for (const percent of [50, 99, 100]) {
    yield {
      what: `winner's latency, close → ${percent === 100 ? "last client" : `p${percent} of clients`}`,
      size,
      unit: "ms",
      ours: each(({ latenciesMs }) => percentileOf(latenciesMs, percent)),
      baseline: each(({ bareMs }) => percentileOf(bareMs, percent)),
      goal: null,
    };
  }
  yield { what: "bytes per client and round, received", unit: "bytes", ours: each((one) => one.received), ...plain };
  yield { what: "bytes per client and round, sent", unit: "bytes", ours: each((one) => one.sent), ...plain };
}
