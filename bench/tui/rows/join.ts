import { percentileOf } from "../../run/line.ts";
import { pick, type Row } from "../../run/row.ts";
import { pressAround } from "../support/press-around.ts";
import { chainLengths, sizeOf, stageOf } from "../support/stage.ts";

export const join: Row = {
  name: "join",
  async *run(bench) {
    const blocks = Math.max(...chainLengths(bench));
    const stage = await stageOf(bench, blocks);
    const usable: number[] = [];
    const presses: number[] = [];
    for (let i = 0; i < bench.repetitions; i++) {
      bench.note("a new client joins");
      const pane = stage.openPane(stage.makeHome());
      await pane.shows("? help");
      const usableMs = await pane.shows(/VERIFYING|LIVE/);
      await pane.shows("[OPEN]");
      usable.push(usableMs / 1_000);
      presses.push(...(await pressAround(pane, pick(bench, 1, 3))).lists);
      await pane.close();
    }
    const plain = { size: sizeOf(stage), baseline: null };
    yield {
      what: "a new client joins: tip, round and stake on the screen after",
      unit: "s",
      ours: usable,
      ...plain,
      goal: null,
    };
    const what = "key press → frame while the chain is verified";
    yield {
      what: `${what}, median`,
      unit: "ms",
      ours: [percentileOf(presses, 50)],
      ...plain,
      goal: { of: "ours", is: "at most", value: 20 },
    };
    yield {
      what: `${what}, p95`,
      unit: "ms",
      ours: [percentileOf(presses, 95)],
      ...plain,
      goal: { of: "ours", is: "at most", value: 50 },
    };
  },
};
