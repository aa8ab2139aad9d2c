/** Who may connect (DESIGN §9; PERFORMANCE, rule 8). */
import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { addressGroup, hostAndPort, isLoopback, plainAddress } from "../../src/gateway/address.ts";
import { AddressCounts } from "../../src/gateway/address-counts.ts";
import { isAllowedOrigin } from "../../src/gateway/origin.ts";
import { connect, refusedHandshake, TestClient } from "./support/client.ts";
import { RawClient } from "./support/raw-client.ts";
import { startTestHub } from "./support/test-hub.ts";

test.each(["/", "/ws", "/?a=b"])("WebSocket connections go to %s", async (path) => {
  const hub = await startTestHub();
  const client = await new TestClient(new URL(path, hub.gateway.url).href).greeted();
  expect(client.ws.protocol).toBe("pos.v1");
});

test("they go nowhere else", async () => {
  const hub = await startTestHub();
  const client = new TestClient(`${hub.gateway.url}/api/status`);
  expect(await refusedHandshake(client)).toEqual({ status: 404, code: "NOT_FOUND" });
});

test("a client may offer no subprotocol, or pos.v1 among others; not others only", async () => {
  const hub = await startTestHub();
  const { url } = hub.gateway;
  expect((await new TestClient(url, {}, []).greeted()).ws.protocol).toBe("");
  expect((await new TestClient(url, {}, ["pos.v2", "pos.v1"]).greeted()).ws.protocol).toBe("pos.v1");
  expect(await refusedHandshake(new TestClient(url, {}, ["pos.v2"]))).toEqual({ status: 400, code: "BAD_HANDSHAKE" });
});

test("permessage-deflate is not agreed on, though clients offer it", async () => {
  const hub = await startTestHub();
  const client = await connect(hub, { perMessageDeflate: true });
  expect(client.ws.extensions).toBe("");
});

test("a page of another site may not connect, the hub's own may", async () => {
  const hub = await startTestHub({ gateway: { origins: ["https://class.example"] } });
  const { url, http } = hub.gateway;
  expect(await refusedHandshake(new TestClient(url, { origin: "https://evil.example" }))).toEqual({
    status: 403,
    code: "ORIGIN_REFUSED",
  });
  await new TestClient(url, { origin: http }).greeted();
  await new TestClient(url, { origin: "https://class.example" }).greeted();
});

test.each([
  [undefined, "hub:9000", true],
  ["http://192.168.1.7:9000", "192.168.1.7:9000", true],
  ["http://localhost:9000", "localhost:9000", true],
  ["http://[::1]:9000", "[::1]:9000", true],
  ["http://127.0.0.1", "127.0.0.1", true],
  ["http://127.0.0.1:8000", "127.0.0.1:9000", false],
  ["https://127.0.0.1:9000", "127.0.0.1:9000", false],
  // A name that somebody made to point here (DNS rebinding).
  ["http://evil.example:9000", "evil.example:9000", false],
  ["null", "127.0.0.1:9000", false],
  ["", "127.0.0.1:9000", false],
])("origin %j on host %j: %j", (origin, host, isAllowed) => {
  expect(isAllowedOrigin(origin, host, false, [])).toBe(isAllowed);
});

test.each([
  ["sec-websocket-version", "7"],
  ["sec-websocket-key", "short"],
])("a handshake with a wrong %s is refused with a reason", async (header, value) => {
  const hub = await startTestHub();
  const headers = {
    connection: "upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    [header]: value,
  };
  const status = await new Promise((resolve) => {
    request(hub.gateway.http, { headers }, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(400);
});

test("a handshake with a body is none", async () => {
  const hub = await startTestHub();
  for (const header of ["content-length: 5", "transfer-encoding: chunked"]) {
    const raw = new RawClient(hub);
    raw.shakeHands([header]);
    await new Promise((resolve) => raw.socket.once("close", resolve));
    expect(raw.received.toString()).toMatch(/^HTTP\/1\.1 400 .*A handshake has no body\./s);
  }
});

test.each([
  ["a handshake", "403 ORIGIN_REFUSED", (raw: RawClient) => raw.shakeHands(["origin: https://evil.example"])],
  ["a broken request", "400 BAD_REQUEST", (raw: RawClient) => raw.socket.write("no such thing\r\n\r\n")],
  ["half a request", "408 TIMED_OUT", (raw: RawClient) => raw.socket.write("GET / HTTP/1.1\r\nhost: hub\r\n")],
  ["nothing", "408 TIMED_OUT", () => {}],
])("who is refused for %s is gone, also where the other side keeps its end open", async (_, answer, send) => {
  const hub = await startTestHub({ gateway: { limits: { headersTimeoutMs: 50, closeTimeoutMs: 50 } } });
  const raw = new RawClient(hub, { allowHalfOpen: true });
  send(raw);
  await new Promise((resolve) => raw.socket.once("end", resolve));
  expect(raw.received.toString()).toContain(answer);
  // Somebody who goes on writing hears that there is nobody any more.
  const writing = setInterval(() => raw.socket.write("x"), 10);
  onTestFinished(() => clearInterval(writing));
  await new Promise((resolve) => raw.socket.once("close", resolve));
});

test("above the total of connections a client is told so and closed; when one leaves there is room", async () => {
  const hub = await startTestHub({ gateway: { limits: { maxConnections: 2 } } });
  const first = await connect(hub);
  await connect(hub);
  const third = new TestClient(hub.gateway.url);
  expect(await third.closed).toEqual({ code: 1013, reason: "TOO_MANY_CONNECTIONS" });
  first.ws.close();
  await first.closed;
  await connect(hub);
});

test("loopback has no limit per address", async () => {
  const hub = await startTestHub({ gateway: { limits: { maxConnectionsPerAddress: 1 } } });
  await connect(hub);
  await connect(hub);
});

test("other addresses have one, IPv6 networks of 64 bits as a whole", () => {
  const counts = new AddressCounts(2);
  expect([counts.take("192.168.1.7"), counts.take("192.168.1.7"), counts.take("192.168.1.7")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(counts.take("192.168.1.8")).toBe(true);
  counts.release("192.168.1.7");
  expect(counts.take("192.168.1.7")).toBe(true);
  expect([counts.take("2001:db8::1"), counts.take("2001:db8:0:0:9::"), counts.take("2001:db8::5")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(counts.take("2001:db8:0:1::1")).toBe(true);
});

test("addresses are written as people know them", () => {
  expect(plainAddress("::ffff:192.168.1.7")).toBe("192.168.1.7");
  expect(plainAddress("fe80::1%eth0")).toBe("fe80::1");
  expect(addressGroup("::1")).toBe("0:0:0:0::/64");
  expect(["127.0.0.1", "127.9.9.9", "::1", "10.0.0.1"].map(isLoopback)).toEqual([true, true, true, false]);
  expect(hostAndPort("::1", 9000)).toBe("[::1]:9000");
  expect(hostAndPort("10.0.0.1", 9000)).toBe("10.0.0.1:9000");
});

test("a handshake that never ends is ended (slow loris)", async () => {
  const hub = await startTestHub({ gateway: { limits: { headersTimeoutMs: 50 } } });
  const raw = new RawClient(hub);
  raw.socket.write("GET / HTTP/1.1\r\nhost: hub\r\nx-slow: ");
  await new Promise((resolve) => raw.socket.once("close", resolve));
  expect(raw.received.toString()).toMatch(/^HTTP\/1\.1 408 .*"TIMED_OUT"/s);
});

test("so is a socket that says nothing at all", async () => {
  const hub = await startTestHub({ gateway: { limits: { headersTimeoutMs: 50 } } });
  const raw = new RawClient(hub);
  await new Promise((resolve) => raw.socket.once("close", resolve));
});

test("headers above 8 KiB are refused", async () => {
  const hub = await startTestHub();
  const raw = new RawClient(hub);
  raw.socket.write(`GET / HTTP/1.1\r\nhost: hub\r\nx-long: ${"x".repeat(9_000)}\r\n\r\n`);
  await new Promise((resolve) => raw.socket.once("close", resolve));
  expect(raw.received.toString()).toMatch(/^HTTP\/1\.1 431 .*"HEADERS_TOO_LARGE"/s);
});
