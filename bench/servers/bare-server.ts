/** Bare sockets: what no server can do without. */
import { createServer, type Socket } from "node:net";
import { writeToAll } from "../baselines/shared-writes.ts";
import { serve } from "../run/child.ts";
import { ownCpuMicros } from "../run/cpu.ts";
import { portOf } from "./port-of.ts";
import { collectGarbage, type Frames, type Pushing } from "./pushing.ts";

const sockets = new Set<Socket>();
let frames: readonly Buffer[] = [];
let startedMicros = 0;

const server = createServer((socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("error", () => {});
});

serve({
  open: async (given: Frames | null) => {
    frames = (given ?? []).map((frame) => Buffer.from(frame));
    await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: 1_024 }, resolve));
    return { port: portOf(server), frames };
  },
  push: (messages) => {
    startedMicros = ownCpuMicros();
    for (const frame of frames.slice(0, messages)) writeToAll(sockets, frame);
  },
  spentMicros: () => ownCpuMicros() - startedMicros,
  collect: () => collectGarbage(),
} satisfies Pushing);
