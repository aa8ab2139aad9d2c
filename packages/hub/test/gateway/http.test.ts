/** The read-only HTTP side (DESIGN §9). */
import { expect, test } from "vitest";
import { connect, connectValidator, sealRounds } from "./support/client.ts";
import { Person } from "./support/person.ts";
import { RawClient } from "./support/raw-client.ts";
import { startTestHub, type TestHub } from "./support/test-hub.ts";

async function get(hub: TestHub, path: string, init: RequestInit = {}) {
  const response = await fetch(hub.gateway.http + path, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** A hub with anna, who has won so many blocks. */
async function startHubWithBlocks(blocks: number) {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await sealRounds(hub, client, anna, blocks);
  return { hub, anna };
}

test("/api/status of a new network: idle, nothing recorded", async () => {
  const hub = await startTestHub();
  const { status, body } = await get(hub, "/api/status");
  expect(status).toBe(200);
  expect(body).toEqual({
    network: "test",
    chainId: hub.port.chainId,
    rule: "stake-lottery",
    round: 1,
    phase: "idle",
    closesAt: null,
    index: 0,
    tip: hub.port.chainId,
    validators: 0,
    stake: 0,
  });
});

test("/api/status of an open round names its close", async () => {
  const { hub } = await startHubWithBlocks(1);
  const { body } = await get(hub, "/api/status");
  expect(body).toMatchObject({
    round: 2,
    phase: "open",
    closesAt: "2026-01-01T02:00:00.000Z",
    index: 1,
    validators: 1,
    stake: 100,
  });
});

test("/api/genesis is the genesis object", async () => {
  const hub = await startTestHub();
  expect((await get(hub, "/api/genesis")).body).toEqual(hub.port.genesis);
});

test("/api/blocks is the chain from 1, with the tip; from and limit make a page of it", async () => {
  const { hub } = await startHubWithBlocks(3);
  const all = (await get(hub, "/api/blocks")).body;
  expect(all.blocks.map(({ index }: { index: number }) => index)).toEqual([1, 2, 3]);
  expect(all.tip).toEqual({ index: 3, hash: all.blocks[2].hash });
  expect((await get(hub, "/api/blocks?from=2&limit=1")).body.blocks).toEqual([all.blocks[1]]);
  expect((await get(hub, "/api/blocks?from=&limit=")).body).toEqual(all);
  expect((await get(hub, "/api/blocks?limit=5000")).body).toEqual(all);
  expect((await get(hub, "/api/blocks?from=4")).body).toEqual({ blocks: [], tip: all.tip });
});

test("/api/blocks/:index is one block, /api/blocks/:index/proposals all that took part", async () => {
  const { hub, anna } = await startHubWithBlocks(1);
  const block = (await get(hub, "/api/blocks/1")).body;
  expect(block).toMatchObject({ index: 1, bpm: 72, proposal: { publicKey: anna.publicKey } });
  expect((await get(hub, "/api/blocks/1/proposals")).body).toEqual({ proposals: [block.proposal] });
});

test("more proposals than a page are sent whole", async () => {
  const texts = Array.from({ length: 2_500 }, (_, i) => JSON.stringify({ i }));
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readProposals: (_, from, limit) => ({ total: texts.length, proposals: texts.slice(from, from + limit) }),
    }),
  });
  const { body } = await get(hub, "/api/blocks/1/proposals");
  expect(body).toEqual({ proposals: texts.map((text) => JSON.parse(text)) });
});

test("who hangs up in the middle of a long answer ends it, and nothing else", async () => {
  const text = JSON.stringify("x".repeat(1_000));
  let read = 0;
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readProposals: (_, from) => {
        read = Math.max(read, from);
        return { total: 1_000_000, proposals: from < 1_000_000 ? Array.from({ length: 1_000 }, () => text) : [] };
      },
    }),
  });
  const raw = new RawClient(hub);
  raw.socket.write("GET /api/blocks/1/proposals HTTP/1.1\r\nhost: hub\r\n\r\n");
  await new Promise((resolve) => raw.socket.once("data", resolve));
  raw.socket.destroy();
  expect((await get(hub, "/healthz")).status).toBe(200);
  expect(read).toBeLessThan(100_000);
});

test("/api/validators lists every account, most bonded first", async () => {
  const { hub, anna } = await startHubWithBlocks(1);
  const ben = new Person(hub, "ben");
  const client = await connect(hub);
  await client.logIn(ben);
  await client.request({ type: "transact", transaction: ben.join() });
  const { body } = await get(hub, "/api/validators");
  expect(body.total).toBe(2);
  expect(body.validators).toEqual([
    {
      address: hub.port.factsOf(anna.publicKey)?.address,
      publicKey: anna.publicKey,
      name: "anna",
      liquid: 910,
      bonded: 100,
      online: true,
      wins: 1,
      tombstoned: false,
    },
    expect.objectContaining({ name: "ben", bonded: 0, wins: 0 }),
  ]);
  expect((await get(hub, "/api/validators?from=1&limit=1")).body.validators).toEqual([body.validators[1]]);
});

test.each([
  ["/api/blocks?from=0", "from"],
  ["/api/blocks?from=-1", "from"],
  ["/api/blocks?from=1.5", "from"],
  ["/api/blocks?from=01", "from"],
  ["/api/blocks?from=1e3", "from"],
  ["/api/blocks?from=99999999999999999", "from"],
  ["/api/blocks?limit=0", "limit"],
  ["/api/blocks?limit=all", "limit"],
  ["/api/blocks?form=1", "form"],
  ["/api/blocks?from=1&from=2", "from"],
  ["/api/validators?from=x", "from"],
  ["/api/blocks/one", "index"],
  ["/api/blocks/-1", "index"],
  ["/api/blocks/1.0/proposals", "index"],
])("%s is refused, and the parameter named", async (path, parameter) => {
  const hub = await startTestHub();
  const { status, body } = await get(hub, path);
  expect(status).toBe(400);
  expect(body.error.code).toBe("BAD_PARAMETER");
  expect(body.error.message).toContain(`"${parameter}"`);
});

test.each([
  "/nothing",
  "/api",
  "/api/",
  "/api/blocks/",
  "/api/blocks/9",
  "/api/blocks/0",
  "/api/blocks/9/proposals",
  "//",
])("there is no %s", async (path) => {
  const hub = await startTestHub();
  const { status, body } = await get(hub, path);
  expect(status).toBe(404);
  expect(body.error).toEqual({ code: "NOT_FOUND", message: expect.any(String) });
});

test("proposals that are no longer kept are gone, which is no failed check (DESIGN §5)", async () => {
  const hub = await startTestHub({ port: (port) => ({ ...port, readProposals: () => "PRUNED" }) });
  const { status, body } = await get(hub, "/api/blocks/1/proposals");
  expect([status, body.error.code]).toEqual([410, "PRUNED"]);
});

test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s is not allowed", async (method) => {
  const hub = await startTestHub();
  const { status, headers, body } = await get(hub, "/api/status", { method });
  expect([status, body.error.code, headers.get("allow")]).toEqual([405, "METHOD_NOT_ALLOWED", "GET, HEAD"]);
});

test("HEAD answers as GET does, without the body", async () => {
  const { hub } = await startHubWithBlocks(1);
  for (const path of ["/", "/api/status", "/api/blocks/1/proposals", "/nothing"]) {
    const [head, full] = [await get(hub, path, { method: "HEAD" }), await get(hub, path)];
    expect(head.status).toBe(full.status);
    expect(head.text).toBe("");
    expect(head.headers.get("content-type")).toBe(full.headers.get("content-type"));
    expect(head.headers.get("content-length")).toBe(full.headers.get("content-length"));
  }
});

test("nothing may be cached, sniffed, framed or scripted", async () => {
  const hub = await startTestHub();
  for (const path of ["/", "/api/status", "/nothing"]) {
    const { headers } = await get(hub, path);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  }
});

test("/ says how to join, and who won last", async () => {
  const { hub } = await startHubWithBlocks(1);
  const { headers, text } = await get(hub, "/");
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(text).toContain(`npx pos-client --hub ${hub.gateway.url} --chain ${hub.port.chainId} --stake 100`);
  expect(text).toContain("anna won with a pulse of 72 BPM");
  expect(text).not.toContain("undefined");
});

test("/ of a new network says that nothing is recorded; with a join token it says where that goes", async () => {
  const hub = await startTestHub({ gateway: { token: "secret" } });
  const { text } = await get(hub, "/");
  expect(text).toContain("No block has been recorded yet.");
  expect(text).toContain("POS_CLIENT_TOKEN=");
  expect(text).not.toContain("secret");
});

test("/ shows no host that could not stand in a command line", async () => {
  const hub = await startTestHub();
  const raw = await rawGet(hub, "GET / HTTP/1.1\r\nhost: <script>;rm\r\nconnection: close\r\n\r\n");
  expect(raw).not.toContain("<script>");
  expect(raw).toContain(`--hub ${hub.gateway.url} `);
});

test("/healthz is well while rounds close, and fails when one does not", async () => {
  const { hub } = await startHubWithBlocks(1);
  expect(await get(hub, "/healthz")).toMatchObject({ status: 200, body: { status: "ok", latenessMs: 0 } });
  hub.stall(4_000);
  expect(await get(hub, "/healthz")).toMatchObject({ status: 200, body: { latenessMs: 4_000 } });
  hub.stall(2_000);
  expect(await get(hub, "/healthz")).toMatchObject({ status: 503, body: { status: "late", latenessMs: 6_000 } });
});

test("/metrics counts in Prometheus' text format", async () => {
  const { hub } = await startHubWithBlocks(2);
  const { headers, text } = await get(hub, "/metrics");
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(text).toMatch(/^pos_hub_connections 1$/m);
  expect(text).toMatch(/^pos_hub_validators_online 1$/m);
  expect(text).toMatch(/^pos_hub_tip_index 2$/m);
  expect(text).toMatch(/^pos_hub_round 3$/m);
  expect(text).toMatch(/^pos_hub_frames_received_total [1-9]/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});

test("an answer that fails inside is an error without its insides, and is logged", async () => {
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readBlocks: () => {
        throw new Error("disk image is malformed at /secret/path");
      },
    }),
  });
  const { status, body, text } = await get(hub, "/api/blocks");
  expect([status, body.error.code]).toEqual([500, "INTERNAL"]);
  expect(text).not.toContain("secret");
  expect(hub.events.map(({ name }) => name)).toContain("failed");
});

test("a whole URL may be asked for (RFC 9112 §3.2.2)", async () => {
  const hub = await startTestHub();
  const raw = await rawGet(hub, "GET http://hub/healthz HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n");
  expect(raw).toMatch(/^HTTP\/1\.1 200 /);
});

test("what is no HTTP is told so", async () => {
  const hub = await startTestHub();
  expect(await rawGet(hub, "anna 100\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 .*"BAD_REQUEST"/s);
});

test("another kind of upgrade is ignored (curl --http2 asks for one)", async () => {
  const hub = await startTestHub();
  const raw = await rawGet(
    hub,
    "GET /healthz HTTP/1.1\r\nhost: hub\r\nconnection: upgrade, close\r\nupgrade: h2c\r\n\r\n",
  );
  expect(raw).toMatch(/^HTTP\/1\.1 200 /);
});

async function rawGet(hub: TestHub, text: string): Promise<string> {
  const raw = new RawClient(hub);
  raw.socket.write(text);
  await new Promise((resolve) => raw.socket.once("close", resolve));
  return raw.received.toString();
}
