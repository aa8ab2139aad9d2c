import type { Server } from "node:http";
import type { FanOut } from "./fan-out.ts";
import { inSlices } from "./in-slices.ts";
import type { Sessions } from "./sessions.ts";

/** Says goodbye to everybody; who does not answer within `timeoutMs` is cut off. */
export async function stopGateway(
  server: Server,
  sessions: Sessions,
  fanOut: FanOut,
  timeoutMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  await fanOut.flush();
  const cutOff = setTimeout(() => {
    for (const session of sessions.all) session.terminate();
    server.closeAllConnections();
  }, timeoutMs);
  await inSlices(sessions.all, (session) => session.close("HUB_STOPPING"));
  await closed;
  clearTimeout(cutOff);
}
