/** One block to all sockets, and five messages of one tick: CPU of the server, beside bare sockets and a naive server. */
import { Crowd } from "../load/crowd.ts";
import { type Child, startChild } from "../run/child.ts";
import type { Line } from "../run/line.ts";
import { type Bench, count, pick, type Row } from "../run/row.ts";
import type { Opened, Pushing } from "../servers/pushing.ts";

const WHAT = "fan-out of a real block (about 2 kB) to 1k / 5k / 10k sockets, server CPU";
const ONE_TICK = "five messages of one tick to every socket";
/** Each figure is the mean over pushes to so many sockets in all, and over two pushes at least. */
const PUSHED_SOCKETS = 20_000;

interface Server extends Opened {
  readonly child: Child<Pushing>;
}

export const fanOut: Row = {
  name: "fan-out",
  async *run(bench) {
    const crowd = new Crowd();
    const servers = await startServers();
    try {
      let open = 0;
      for (const sockets of pick(bench, [40], [1_000, 5_000, 10_000])) {
        bench.note(`${count(sockets)} sockets to each of three servers`);
        for (const [kind, { port }] of Object.entries(servers)) {
          const sinkKind = kind === "ours" ? "hub" : kind === "naive" ? "ws" : "bare";
          await crowd.open({ port, count: sockets - open, kind: sinkKind });
        }
        open = sockets;
        yield* measure(bench, crowd, servers, sockets);
      }
    } finally {
      await crowd.stop();
      await Promise.all(Object.values(servers).map(({ child }) => child.stop()));
    }
  },
};

type Servers = Readonly<Record<"ours" | "bare" | "naive", Server>>;

async function startServers(): Promise<Servers> {
  const start = async (file: string, given: Opened["frames"] | null): Promise<Server> => {
    const child = startChild<Pushing>(new URL(`../servers/${file}.ts`, import.meta.url), ["--expose-gc"]);
    return { child, ...(await child.call("open", given)) };
  };
  const ours = await start("hub-server", null);
  return { ours, bare: await start("bare-server", ours.frames), naive: await start("naive-server", ours.frames) };
}

async function* measure(bench: Bench, crowd: Crowd, servers: Servers, sockets: number): AsyncIterable<Line> {
  const { frames } = servers.ours;
  const pushes = pick(bench, 2, Math.max(2, PUSHED_SOCKETS / sockets));
  const push = (server: Server, messages: number) =>
    cpuOfPush(crowd, server, bytesOf(frames.slice(0, messages)), messages, pushes);
  const figures: Record<"ours" | "bare" | "naive" | "fiveOurs" | "fiveBare", number[]> = {
    ours: [],
    bare: [],
    naive: [],
    fiveOurs: [],
    fiveBare: [],
  };
  for (let i = -1; i < bench.repetitions; i++) {
    const turn = {
      ours: await push(servers.ours, 1),
      bare: await push(servers.bare, 1),
      naive: await push(servers.naive, 1),
      fiveOurs: await push(servers.ours, frames.length),
      fiveBare: await push(servers.bare, frames.length),
    };
    if (i < 0) continue;
    for (const name of ["ours", "bare", "naive", "fiveOurs", "fiveBare"] as const) figures[name].push(turn[name]);
  }
  const { ours, bare, naive, fiveOurs, fiveBare } = figures;
  const size = `${count(sockets)} sockets, ${count(bytesOf(frames.slice(0, 1)))} bytes`;
  const unit = "ms";
  yield { what: WHAT, size, unit, ours, baseline: bare, goal: { of: "ratio", is: "at most", value: 1.15 } };
  yield {
    what: "fan-out, ours against a naive ws.send(JSON.stringify()) loop",
    size,
    unit,
    ours,
    baseline: naive,
    goal: { of: "ratio", is: "at most", value: 0.75 },
  };
  yield {
    what: ONE_TICK,
    size: `${count(sockets)} sockets, ${count(bytesOf(frames))} bytes`,
    unit,
    ours: fiveOurs,
    baseline: fiveBare,
    goal: { of: "ratio", is: "at most", value: 0.35 },
  };
}

/** Milliseconds of the server's CPU for one push, until it has arrived at every socket. */
async function cpuOfPush(
  crowd: Crowd,
  { child, port }: Server,
  bytes: number,
  messages: number,
  pushes: number,
): Promise<number> {
  let micros = 0;
  // What the last turn left behind is not this one's.
  await child.call("collect", null);
  for (let i = 0; i < pushes; i++) {
    await crowd.expect(port, bytes);
    await child.call("push", messages);
    await crowd.arrived(port);
    micros += await child.call("spentMicros", null);
  }
  return micros / pushes / 1_000;
}

function bytesOf(frames: Opened["frames"]): number {
  return frames.reduce((sum, frame) => sum + frame.length, 0);
}
