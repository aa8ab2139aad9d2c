/** What a hub costs while nobody does anything: a thousand validators, bonded and connected. */
import { join } from "node:path";
import { Electorate } from "../load/electorate.ts";
import { cpuMicrosOf, sharedClockMs } from "../run/cpu.ts";
import { startHub } from "../run/hub-process.ts";
import { repeat } from "../run/interleave.ts";
import { count, pick, type Row } from "../run/row.ts";
import { makeDataDirectory } from "../support/data-directory.ts";

const PERCENT = 100;
const MICROS_PER_MS = 1_000;

export const idle: Row = {
  name: "idle",
  isDurable: true,
  async *run(bench) {
    const validators = pick(bench, 20, 1_000);
    const windowMs = pick(bench, 300, 30_000);
    const data = join(bench.directory, "data");
    makeDataDirectory(data, validators);
    const hub = await startHub(["--data", data], bench.directory);
    const electorate = new Electorate(1);
    try {
      await electorate.open({ port: hub.port, from: 0, count: validators, inGenesis: validators });
      bench.note(`${bench.repetitions + 1} times ${windowMs / 1_000} s of nothing`);
      const ours = await repeat(bench.repetitions, async () => {
        const [micros, startedMs] = [cpuMicrosOf(hub.pid), sharedClockMs()];
        await new Promise((resolve) => setTimeout(resolve, windowMs));
        const spentMs = (cpuMicrosOf(hub.pid) - micros) / MICROS_PER_MS;
        return (spentMs * PERCENT) / (sharedClockMs() - startedMs);
      });
      yield {
        what: "one idle hub, 1,000 bonded validators, 30 s rounds",
        size: `${count(validators)} validators`,
        unit: "%",
        ours,
        baseline: null,
        goal: { of: "ours", is: "below", value: 1 },
      };
    } finally {
      await electorate.stop();
      await hub.stop();
    }
  },
};
