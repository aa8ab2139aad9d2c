/** From the start of the program to the first connection, on a long chain. */
import { connect } from "node:net";
import { sharedClockMs } from "../run/cpu.ts";
import { startHub } from "../run/hub-process.ts";
import { repeat } from "../run/interleave.ts";
import { count, pick, type Row } from "../run/row.ts";
import { longChain } from "../support/long-chain.ts";

export const restart: Row = {
  name: "restart",
  isDurable: true,
  async *run(bench) {
    const blocks = pick(bench, 500, 1_000_000);
    const directory = longChain(pick(bench, bench.directory, bench.cache), blocks, bench.note);
    const ours = await repeat(bench.repetitions, async () => {
      const startedMs = sharedClockMs();
      const hub = await startHub(["--data", directory], bench.directory);
      await connected(hub.port);
      const tookMs = sharedClockMs() - startedMs;
      await hub.stop();
      return tookMs;
    });
    yield {
      what: "restart on 1,000,000 blocks → accepting connections",
      size: `${count(blocks)} blocks`,
      unit: "ms",
      ours,
      baseline: null,
      goal: { of: "ours", is: "below", value: 300 },
    };
  },
};

function connected(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.resetAndDestroy();
      resolve();
    });
    socket.once("error", reject);
  });
}
