/** The hub's gateway, told what to push. Rounds stand still, so that nothing else is sent. */
import { OverhearingClient } from "../load/overhearing-client.ts";
import { serve } from "../run/child.ts";
import { ownCpuMicros, sharedClockMs } from "../run/cpu.ts";
import { startMemoryHub } from "../support/bench-hub.ts";
import { fiveNews } from "../support/news.ts";
import { collectGarbage, type Pushing } from "./pushing.ts";

/** Longest wait of a timer. */
const NEVER_MS = 2 ** 31 - 1;

const hub = startMemoryHub(1);
const news = await fiveNews();
let startedMicros = 0;

serve({
  open: async () => {
    const { port } = await hub.openGateway({ heartbeatMs: NEVER_MS, coalesceMs: NEVER_MS });
    // Coalesced pushes come once at most: now, before anybody listens.
    for (const one of news) hub.tell(one);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const client = await OverhearingClient.connect(port);
    for (const one of news) hub.tell(one);
    const frames = await client.hear(news.length);
    client.close();
    return { port, frames };
  },
  push: (messages) => {
    startedMicros = ownCpuMicros();
    const startedMs = sharedClockMs();
    for (const one of news.slice(0, messages)) hub.tell(one);
    return startedMs;
  },
  spentMicros: () => ownCpuMicros() - startedMicros,
  collect: () => collectGarbage(),
} satisfies Pushing);
