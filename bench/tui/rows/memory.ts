/** What a screen keeps in memory after it was in use for a while, in rounds in which everybody proposes. */
import { sharedClockMs } from "../../run/cpu.ts";
import { pick, type Row } from "../../run/row.ts";
import { bundleInkHello } from "../support/bundle-ink-hello.ts";
import { Pane } from "../support/pane.ts";
import { pressAround } from "../support/press-around.ts";
import { chainLengths, sizeOf, stageOf } from "../support/stage.ts";

const BYTES_PER_MB = 1_000_000;
const MOST_MB = 130;
/** The columns of a chain (TUI, rule 19): that goal is one of 10,000 blocks, in which they do not show. */
const COLUMN_BYTES = 45;

export const memory: Row = {
  name: "memory",
  async *run(bench) {
    const useMs = pick(bench, 1_000, 40_000, 3_600_000);
    const hello = Pane.of(await bundleInkHello(bench.directory));
    await hello.shows("hello");
    for (const blocks of chainLengths(bench)) {
      const stage = await stageOf(bench, blocks);
      const pane = stage.openPane(stage.makeKnowingHome());
      await pane.shows("LIVE");
      stage.play();
      let most = 0;
      for (const startedMs = sharedClockMs(); sharedClockMs() - startedMs < useMs; ) {
        await pressAround(pane, 1);
        most = Math.max(most, pane.residentBytes());
        await new Promise((resolve) => setTimeout(resolve, pick(bench, 10, 1_000)));
      }
      await stage.rest();
      yield {
        what: `memory (RSS), most in ${useMs / 1_000} s of use, beside a bare Ink program`,
        size: sizeOf(stage),
        unit: "MB",
        ours: [most / BYTES_PER_MB],
        baseline: [hello.residentBytes() / BYTES_PER_MB],
        goal: { of: "ours", is: "at most", value: MOST_MB + (blocks * COLUMN_BYTES) / BYTES_PER_MB },
      };
      await pane.close();
    }
    await hello.close();
  },
};
