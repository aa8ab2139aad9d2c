/** What one writes without much thought: a `ws` server that serialises for each client. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { broadcast } from "../baselines/naive-broadcast.ts";
import { serve } from "../run/child.ts";
import { ownCpuMicros, sharedClockMs } from "../run/cpu.ts";
import { portOf } from "./port-of.ts";
import { collectGarbage, type Frames, type Pushing } from "./pushing.ts";

const server = createServer();
const webSockets = new WebSocketServer({ server });
let messages: readonly unknown[] = [];
let startedMicros = 0;

serve({
  open: async (given: Frames | null) => {
    messages = (given ?? []).map((frame) => JSON.parse(payloadOf(Buffer.from(frame))));
    await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: 1_024 }, resolve));
    return { port: portOf(server), frames: given ?? [] };
  },
  push: (count) => {
    startedMicros = ownCpuMicros();
    const startedMs = sharedClockMs();
    for (const message of messages.slice(0, count)) broadcast(webSockets, message);
    return startedMs;
  },
  spentMicros: () => ownCpuMicros() - startedMicros,
  collect: () => collectGarbage(),
} satisfies Pushing);

function payloadOf(frame: Buffer): string {
  return frame.toString("utf8", (frame[1] ?? 0) === 126 ? 4 : 2);
}
