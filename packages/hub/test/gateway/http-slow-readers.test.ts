/** Readers of HTTP who take their time, or nothing, never hold up others (PERFORMANCE, rules 3 and 8). */
import { expect, test, vi } from "vitest";
import { largePage } from "./support/large-page.ts";
import { RawClient } from "./support/raw-client.ts";
import { startTestHub, type TestHub } from "./support/test-hub.ts";

const get = (hub: TestHub, path: string) => fetch(hub.gateway.http + path);

/** A hub whose pages are large, and somebody who asks for one and does not read it. */
async function startHubWithDeafReader(httpIdleMs: number, pathBefore?: string, closeTimeoutMs = 1_000) {
  const hub = await startTestHub({
    port: (port) => ({ ...port, readBlocks: () => largePage(16 * 1024 * 1024) }),
    gateway: { limits: { maxHttpPages: 1, httpIdleMs, closeTimeoutMs } },
  });
  const deaf = new RawClient(hub);
  const ask = (path: string) => deaf.socket.write(`GET ${path} HTTP/1.1\r\nhost: hub\r\n\r\n`);
  if (pathBefore !== undefined) {
    ask(pathBefore);
    await vi.waitFor(() => expect(deaf.received.toString()).toContain("200 OK"));
  }
  deaf.socket.once("data", () => deaf.socket.pause());
  ask("/api/blocks");
  await new Promise((resolve) => deaf.socket.once("pause", resolve));
  return { hub, deaf };
}

test("so many pages are sent at once; who asks for more is told to come back, and what is small is answered", async () => {
  const { hub, deaf } = await startHubWithDeafReader(60_000);
  const refused = await get(hub, "/api/blocks");
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: "BUSY" } });
  expect(refused.headers.get("retry-after")).toBe("1");
  expect((await get(hub, "/healthz")).status).toBe(200);
  deaf.socket.destroy();
  await vi.waitFor(async () => expect((await get(hub, "/api/blocks")).status).toBe(200));
});

test("nor does a reader keep its place who never reads and then asks for a handshake that is refused", async () => {
  const { hub, deaf } = await startHubWithDeafReader(60_000, undefined, 50);
  const handshake = ["upgrade: websocket", "connection: upgrade", "origin: https://evil.example"];
  deaf.socket.write(["GET / HTTP/1.1", "host: hub", ...handshake, "", ""].join("\r\n"));
  await vi.waitFor(async () => expect((await get(hub, "/api/blocks")).status).toBe(200), { timeout: 20_000 });
});

test.each([
  ["from the start", undefined],
  ["after an answer that it has read", "/healthz"],
])("a reader who never reads, %s, is cut off, and its place is free again", async (_, pathBefore) => {
  const { hub } = await startHubWithDeafReader(50, pathBefore);
  await vi.waitFor(async () => expect((await get(hub, "/api/blocks")).status).toBe(200), { timeout: 20_000 });
});
