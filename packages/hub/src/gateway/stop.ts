import type { FanOut } from "./fan-out.ts";
import { inSlices } from "./in-slices.ts";
import type { Door } from "./listener.ts";
import type { Sessions } from "./sessions.ts";

/** Says goodbye to everybody; who is still there after `timeoutMs` is cut off. Every session has ended when it resolves. */
export async function stopGateway(
  { server, sockets }: Door,
  sessions: Sessions,
  fanOut: FanOut,
  timeoutMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const cutOff = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, timeoutMs);
  await fanOut.flush();
  await inSlices(sessions.all, (session) => session.close("HUB_STOPPING"));
  await closed;
  // ws ends a session some turns after its socket is gone.
  await sessions.untilEmpty();
  clearTimeout(cutOff);
}
