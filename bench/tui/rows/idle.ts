/** What the screen sends and spends while nobody touches it: only the countdown runs, or rounds full of proposals too. */
import { pick, type Row } from "../../run/row.ts";
import { chainLengths, sizeOf, stageOf } from "../support/stage.ts";

const COUNTDOWN = "1 Hz countdown";
const MS_PER_S = 1_000;
/** Until what comes with the start is over: the bond, its notes, compiling. */
const SETTLE_MS = 4_000;

export const idle: Row = {
  name: "idle",
  async *run(bench) {
    const windowS = pick(bench, 1, 20);
    const settle = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const pause = () => settle(windowS * MS_PER_S);
    for (const blocks of chainLengths(bench)) {
      const stage = await stageOf(bench, blocks);
      const pane = stage.openPane(stage.makeKnowingHome());
      await pane.shows("LIVE");
      await pane.shows(/ \d+s /);
      await settle(pick(bench, 0, SETTLE_MS));
      const quiet = await pane.spend(pause);
      stage.play();
      const busy = await pane.spend(pause);
      await stage.rest();
      await pane.close();
      for (const [name, { bytesPerS, cpuS }] of [
        [COUNTDOWN, quiet] as const,
        ["all validators propose every 10 s", busy] as const,
      ]) {
        const plain = { size: sizeOf(stage), baseline: null };
        yield {
          what: `idle output, ${name}`,
          unit: "bytes/s",
          ours: [bytesPerS],
          ...plain,
          // Draws that are played are no countdown.
          goal: name === COUNTDOWN ? { of: "ours", is: "at most", value: 1_000 } : null,
        };
        yield {
          what: `idle CPU over ${windowS} s, ${name}`,
          unit: "s",
          ours: [cpuS],
          ...plain,
          goal: { of: "ours", is: "at most", value: 1 },
        };
      }
    }
  },
};
