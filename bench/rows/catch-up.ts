/** A new client's links: from the hub's pages to a chain of which every link is checked. */
import { mkdirSync } from "node:fs";
import { join as inDirectory } from "node:path";
import { startChild } from "../run/child.ts";
import { startHub } from "../run/hub-process.ts";
import { interleave } from "../run/interleave.ts";
import type { Line } from "../run/line.ts";
import { type Bench, count, pick, type Row } from "../run/row.ts";
import type { Joiner } from "../servers/joiner.ts";
import { longChain } from "../support/long-chain.ts";
import { realChain } from "../support/real-chain.ts";

const BLOCKS_READ = 50_000;
const MS_PER_SECOND = 1_000;

export const catchUp: Row = {
  name: "catch-up",
  isDurable: true,
  async *run(bench) {
    for (const blocks of pick(bench, [500], [100_000, 1_000_000])) {
      const directory = longChain(pick(bench, bench.directory, bench.cache), blocks, bench.note);
      const joiner = startChild<Joiner>(new URL("../servers/joiner.ts", import.meta.url));
      const local = startChild<Joiner>(new URL("../servers/joiner.ts", import.meta.url));
      const read = Math.min(blocks, BLOCKS_READ);
      // Before the hub has the directory.
      await local.call("read", { directory, blocks: read });
      const hub = await startHub(["--data", directory], bench.directory);
      const [ours, baseline]: [number[], number[]] = [[], []];
      try {
        for (let i = -1; i < bench.repetitions; i++) {
          bench.note(`${count(blocks)} blocks are fetched and linked`);
          const home = inDirectory(bench.directory, `home-${blocks}-${i}`);
          mkdirSync(home);
          const joinedMs = await joiner.call("join", { port: hub.port, home });
          const checkedMs = await local.call("check", null);
          if (i < 0) continue;
          ours.push((blocks * MS_PER_SECOND) / joinedMs);
          baseline.push((read * MS_PER_SECOND) / checkedMs);
        }
      } finally {
        await joiner.stop();
        await local.stop();
        await hub.stop();
      }
      yield {
        what: "replica catch-up, links and hashes of 1e6 blocks",
        size: `${count(blocks)} blocks`,
        unit: "1/s",
        ours,
        baseline,
        goal: { of: "ratio", is: "at least", value: 0.9 },
      };
      yield {
        what: "a new client joins a chain: all links checked after",
        size: `${count(blocks)} blocks`,
        unit: "s",
        ours: ours.map((rate) => blocks / rate),
        baseline: null,
        goal: null,
      };
    }
    yield* verifyAll(bench);
  },
};

/** Everything, signatures and VRF proofs too: what goes on in the background once the screen is there. */
async function* verifyAll(bench: Bench): AsyncIterable<Line> {
  const blocks = pick(bench, 8, 4_000);
  const directory = await realChain(pick(bench, bench.directory, bench.cache), blocks, bench.note);
  const hub = await startHub(["--data", directory], bench.directory);
  const joiner = startChild<Joiner>(new URL("../servers/joiner.ts", import.meta.url));
  let homes = 0;
  const join = async (threads: number): Promise<number> => {
    const home = inDirectory(bench.directory, `home-full-${homes++}`);
    mkdirSync(home);
    return (await joiner.call("joinFully", { port: hub.port, home, threads })) / MS_PER_SECOND;
  };
  try {
    bench.note(`${count(blocks)} true blocks are fetched and verified in one thread, and in two`);
    const { ours, baseline } = await interleave(
      bench.repetitions,
      () => join(2),
      () => join(1),
    );
    const what = "a new client joins a chain: everything verified after";
    const plain = { what, unit: "s", baseline: null, goal: null } as const;
    yield { ...plain, size: `${count(blocks)} blocks, one worker`, ours: baseline };
    yield { ...plain, size: `${count(blocks)} blocks, two workers`, ours };
  } finally {
    await joiner.stop();
    await hub.stop();
  }
}
