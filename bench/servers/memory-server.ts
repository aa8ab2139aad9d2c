/**
 * The hub on a disk with validators over sockets, whose rounds close when a row says so. It keeps its heap as `pos-hub` does.
 * Started with --expose-gc.
 */
import { keepHeapSmall } from "../../packages/hub/src/cli/small-heap.ts";
import { serve } from "../run/child.ts";
import { type BenchHub, startStoredHub } from "../support/bench-hub.ts";
import { collectGarbage } from "./pushing.ts";

export type Memory = {
  /** A hub on a data directory that is there; its port. */
  open: (directory: string) => Promise<number>;
  /** Closes rounds until everything that waits is recorded. */
  settle: (none: null) => Promise<void>;
  collect: (none: null) => void;
};

let hub: BenchHub;

serve({
  open: async (directory) => {
    keepHeapSmall();
    hub = startStoredHub(directory);
    hub.sequencer.start();
    const { port } = await hub.openGateway();
    return port;
  },
  settle: async () => {
    while (hub.sequencer.state.waiting.size > 0) await hub.closeRound();
  },
  collect: () => collectGarbage(),
} satisfies Memory);
