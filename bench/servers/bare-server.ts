/** Bare sockets: what no server can do without. */
import { createServer, type Socket } from "node:net";
import { writeToAll } from "../baselines/shared-writes.ts";
import { serve } from "../run/child.ts";
import { ownCpuMicros, sharedClockMs } from "../run/cpu.ts";
import { portOf } from "./port-of.ts";
import { collectGarbage, type Frames, type Pushing } from "./pushing.ts";

const GREETING = Buffer.from("+");
const sockets = new Set<Socket>();
let frames: readonly Buffer[] = [];
let startedMicros = 0;

const server = createServer((socket) => {
  sockets.add(socket);
  // Reads, as every server has to that wants to see a client go.
  socket.on("data", ignore);
  // Says that it is here: a client is connected before the server has it.
  socket.write(GREETING);
  socket.on("close", () => sockets.delete(socket));
  socket.on("error", ignore);
});

serve({
  open: async (given: Frames | null) => {
    frames = (given ?? []).map((frame) => Buffer.from(frame));
    await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: 1_024 }, resolve));
    return { port: portOf(server), frames };
  },
  push: (messages) => {
    startedMicros = ownCpuMicros();
    const startedMs = sharedClockMs();
    for (const frame of frames.slice(0, messages)) writeToAll(sockets, frame);
    return startedMs;
  },
  spentMicros: () => ownCpuMicros() - startedMicros,
  collect: () => collectGarbage(),
} satisfies Pushing);

function ignore(): void {}
