/** From typing the command to the first frame, beside the least that a program on Ink can do, and beside Node.js alone. */
import { interleave } from "../../run/interleave.ts";
import type { Row } from "../../run/row.ts";
import { bundleInkHello } from "../support/bundle-ink-hello.ts";
import { Pane } from "../support/pane.ts";
import { chainLengths, sizeOf, stageOf } from "../support/stage.ts";

export const firstFrame: Row = {
  name: "first-frame",
  async *run(bench) {
    const hello = await bundleInkHello(bench.directory);
    for (const blocks of chainLengths(bench)) {
      const stage = await stageOf(bench, blocks);
      const home = stage.makeKnowingHome();
      const node: number[] = [];
      const live: number[] = [];
      const ours = async () => {
        const pane = stage.openPane(home);
        const tookMs = await pane.shows("? help");
        live.push(await pane.shows("LIVE"));
        await pane.close();
        return tookMs;
      };
      const figures = await interleave(bench.repetitions, ours, async () => {
        node.push(await startOfNode());
        return startOfHello(hello);
      });
      const size = sizeOf(stage);
      const [ofNode, ofLive] = [node.slice(1), live.slice(1)];
      const goal = { of: "ours", is: "at most", value: 350 } as const;
      yield { what: "start → first frame, beside a bare Ink program", size, unit: "ms", ...figures, goal };
      yield {
        what: "start → first frame, beside Node.js alone",
        size,
        unit: "ms",
        ours: figures.ours,
        baseline: ofNode,
        goal,
      };
      yield {
        what: "start → chain and round on the screen",
        size,
        unit: "ms",
        ours: ofLive,
        baseline: null,
        goal: null,
      };
    }
  },
};

async function startOfHello(file: string): Promise<number> {
  const pane = Pane.of(file);
  const tookMs = await pane.shows("hello");
  await pane.close();
  return tookMs;
}

async function startOfNode(): Promise<number> {
  const pane = Pane.of("--eval", "process.stdout.write('hello')");
  const tookMs = await pane.shows("hello");
  await pane.terminal.end();
  return tookMs;
}
