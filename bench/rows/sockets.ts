/** As many sockets as one process may have, each of which gets the block. */
import { Crowd } from "../load/crowd.ts";
import { startChild } from "../run/child.ts";
import { fileLimit } from "../run/machine.ts";
import { count, pick, type Row } from "../run/row.ts";
import type { Pushing } from "../servers/pushing.ts";

/** The hub's own limit, and what it needs besides. */
const MOST = 20_000;
const SPARE = 500;

export const sockets: Row = {
  name: "sockets",
  async *run(bench) {
    const limit = Math.min(fileLimit(), MOST);
    const wanted = pick(bench, 100, limit - SPARE);
    const hub = startChild<Pushing>(new URL("../servers/hub-server.ts", import.meta.url), ["--expose-gc"]);
    const crowd = new Crowd();
    const ours: number[] = [];
    try {
      const { port, frames } = await hub.call("open", null);
      await crowd.open({ port, count: wanted, kind: "hub" });
      for (let i = 0; i < bench.repetitions; i++) {
        await crowd.expect(port, frames[0]?.length ?? 0);
        await hub.call("push", 1);
        await crowd.arrived(port);
        ours.push(await crowd.openSockets(port));
      }
    } finally {
      await crowd.stop();
      await hub.stop();
    }
    yield {
      what: "sockets a process",
      size: `${count(wanted)} of ${count(limit)}, each got every block`,
      unit: "sockets",
      ours,
      baseline: ours.map(() => limit),
      goal: { of: "ours", is: "at least", value: wanted },
    };
  },
};
