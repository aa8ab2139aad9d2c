/** From a key press to the frame that shows what it did, while rounds run in which everybody proposes. */
import { percentileOf } from "../../run/line.ts";
import { pick, type Row } from "../../run/row.ts";
import { pressAround } from "../support/press-around.ts";
import { chainLengths, sizeOf, stageOf } from "../support/stage.ts";

export const keys: Row = {
  name: "keys",
  async *run(bench) {
    for (const blocks of chainLengths(bench)) {
      const stage = await stageOf(bench, blocks);
      const pane = stage.openPane(stage.makeKnowingHome());
      await pane.shows("LIVE");
      await pane.shows("[OPEN]");
      stage.play();
      const { lists, filter } = await pressAround(pane, pick(bench, 1, 12));
      await stage.rest();
      await pane.close();
      for (const [name, figures] of [
        ["key press → frame", lists] as const,
        ["letter of a filter → frame", filter] as const,
      ]) {
        const plain = { size: sizeOf(stage), unit: "ms", baseline: null } as const;
        yield {
          what: `${name}, median`,
          ours: [percentileOf(figures, 50)],
          ...plain,
          goal: { of: "ours", is: "at most", value: 20 },
        };
        yield {
          what: `${name}, p95`,
          ours: [percentileOf(figures, 95)],
          ...plain,
          goal: { of: "ours", is: "at most", value: 50 },
        };
      }
    }
  },
};
