/** A round of 10,000 proposals: from its close until the block is on the disk and its first byte has come to somebody. */
import { join } from "node:path";
import { Crowd } from "../load/crowd.ts";
import { startChild } from "../run/child.ts";
import { count, pick, type Row } from "../run/row.ts";
import type { Sealing } from "../servers/sealing-server.ts";

export const seal: Row = {
  name: "seal",
  isDurable: true,
  async *run(bench) {
    const validators = pick(bench, 50, 10_000);
    const hub = startChild<Sealing>(new URL("../servers/sealing-server.ts", import.meta.url));
    const crowd = new Crowd();
    const [ours, baseline]: [number[], number[]] = [[], []];
    try {
      const port = await hub.call("open", { directory: join(bench.directory, "data"), validators });
      await crowd.open({ port, count: 2, kind: "hub" });
      for (let i = -1; i < bench.repetitions; i++) {
        bench.note(`${count(validators)} proposals are signed and handed in`);
        await hub.call("fill", null);
        // The first proposal's news go out at once; then nothing comes before the block.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await crowd.expect(port, 1);
        const closedMs = await hub.call("close", null);
        const tookMs = Math.min(...(await crowd.arrived(port))) - closedMs;
        const hashMs = await hub.call("hash", null);
        if (i < 0) continue;
        ours.push(tookMs);
        baseline.push(hashMs);
      }
    } finally {
      await crowd.stop();
      await hub.stop();
    }
    yield {
      what: "seal a round of 10,000 proposals: close → block on disk → first byte out",
      size: `${count(validators)} proposals`,
      unit: "ms",
      ours,
      baseline,
      goal: { of: "ratio", is: "at most", value: 5 },
    };
  },
};
