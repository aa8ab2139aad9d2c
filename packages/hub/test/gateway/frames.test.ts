/** Frames that are wrong: each gets its code, and the hub goes on (DESIGN §9; PERFORMANCE, rules 4 and 8). */
import { expect, test } from "vitest";
import { connect } from "./support/client.ts";
import { FIN, maskedFrame, RawClient, RSV1 } from "./support/raw-client.ts";
import { startTestHub, type TestHub } from "./support/test-hub.ts";

const TEXT = 0x1;
const PING = 0x9;

/** The hub still answers others. */
async function expectAlive(hub: TestHub): Promise<void> {
  const client = await connect(hub);
  expect(await client.request({ type: "ping" })).toMatchObject({ type: "pong" });
}

test.each(["", "{", "no json", '{"type":"ping","id":"a"}x', "\u0000"])("%j is not JSON", async (text) => {
  const hub = await startTestHub();
  const client = await connect(hub);
  client.ws.send(text);
  expect(await client.error()).toMatchObject({ re: null, code: "NOT_JSON" });
  expect(await client.closed).toEqual({ code: 1007, reason: "NOT_JSON" });
  await expectAlive(hub);
});

test("a binary frame is refused, whatever is in it", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  client.ws.send(Buffer.from('{"type":"ping","id":"a"}'), { binary: true });
  expect(await client.error()).toMatchObject({ code: "BINARY_FRAME" });
  expect(await client.closed).toEqual({ code: 1003, reason: "BINARY_FRAME" });
});

test("a frame may have 64 KiB and not a byte more", async () => {
  const hub = await startTestHub();
  const frame = JSON.stringify({ type: "ping", id: "a" });
  const client = await connect(hub);
  client.ws.send(frame.padEnd(65_536, " "));
  expect(await client.take((message) => "re" in message)).toMatchObject({ type: "pong", re: "a" });
  client.ws.send(frame.padEnd(65_537, " "));
  expect(await client.closed).toEqual({ code: 1009, reason: "FRAME_TOO_LARGE" });
  await expectAlive(hub);
});

test.each([
  ["null", "", "an object"],
  ["[]", "", "an object"],
  ['"ping"', "", "an object"],
  ["{}", "type", "one of"],
  ['{"type":"pong","id":"a"}', "type", "one of"],
  ['{"type":"toString","id":"a"}', "type", "one of"],
  ['{"type":"ping"}', "id", "this key"],
  ['{"type":"ping","id":7}', "id", "text"],
  [`{"type":"ping","id":"${"a".repeat(33)}"}`, "id", "text of at most 32"],
  ['{"type":"ping","id":"a","more":1}', "more", "no such key"],
  ['{"type":"ping","id":"a","__proto__":1}', "__proto__", "no such key"],
  ['{"type":"blocks","id":"a","from":0,"limit":1}', "from", "an integer of at least 1"],
  ['{"type":"blocks","id":"a","from":1,"limit":1001}', "limit", "an integer from 1 to 1000"],
  ['{"type":"blocks","id":"a","from":1.5,"limit":1}', "from", "an integer"],
  ['{"type":"account","id":"a","publicKey":"AB"}', "publicKey", "64 lowercase hex digits"],
])("%s is malformed at %j, and the connection stays", async (text, path, expected) => {
  const hub = await startTestHub();
  const client = await connect(hub);
  client.ws.send(text);
  const error = await client.error();
  expect(error).toMatchObject({ code: "MALFORMED", path, expected: expect.stringContaining(expected) });
  expect(await client.request({ type: "ping" })).toMatchObject({ type: "pong" });
});

test("an error names the request wherever its id can be read", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  expect(await client.request({ type: "nonsense" })).toMatchObject({ code: "MALFORMED" });
});

test("what a client wrote comes back cut to size and well-formed", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  client.ws.send(`{"type":"ping","id":"a","\\ud800${"x".repeat(60_000)}":1}`);
  const { path } = await client.error();
  expect(path).toMatch(/^.xxx/);
  expect(path?.length).toBeLessThanOrEqual(400);
  expect(path?.isWellFormed()).toBe(true);
});

test("30,000 levels of nesting are read and refused", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  client.ws.send(`{"type":"transact","id":"a","transaction":${"[".repeat(30_000)}${"]".repeat(30_000)}}`);
  expect(await client.error()).toMatchObject({ re: "a", code: "LOGIN_REQUIRED" });
  await expectAlive(hub);
});

test.each([
  ["compressed, which was not agreed on", (raw: RawClient) => raw.send(FIN | RSV1 | TEXT, "x")],
  ["of an unknown opcode", (raw: RawClient) => raw.send(FIN | 0x3)],
  ["not masked", (raw: RawClient) => raw.socket.write(Buffer.from([FIN | TEXT, 1, 0x78]))],
  ["a continuation of nothing", (raw: RawClient) => raw.send(FIN, "x")],
  ["a fragmented ping", (raw: RawClient) => raw.send(PING)],
  ["not UTF-8", (raw: RawClient) => raw.send(FIN | TEXT, Buffer.from([0xff, 0xfe]))],
  ["in 1,000 pieces", sendPieces],
])("a frame that is %s closes the connection as broken", async (_, send) => {
  const hub = await startTestHub();
  const raw = new RawClient(hub);
  raw.shakeHands();
  send(raw);
  expect(await raw.closing()).toMatchObject({ reason: "BROKEN_FRAME" });
  expect(await hub.telemetry.expose()).toContain('pos_hub_refused_total{code="BROKEN_FRAME"} 1');
  await expectAlive(hub);
});

function sendPieces(raw: RawClient): void {
  raw.send(TEXT, " ");
  for (let i = 0; i < 999; i++) raw.send(0, " ");
}

test("a frame that comes byte by byte closes the connection as broken, for each byte takes memory of its own", async () => {
  const hub = await startTestHub({ gateway: { limits: { maxPieces: 32 } } });
  const raw = new RawClient(hub);
  raw.shakeHands();
  const closing = raw.closing();
  await raw.dribble(maskedFrame(FIN | TEXT, " ".repeat(100)));
  expect(await closing).toEqual({ code: 1008, reason: "BROKEN_FRAME" });
  await expectAlive(hub);
});

test("a message in a few fragments is one message (RFC 6455 §5.4)", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  client.ws.send('{"type":"ping",', { fin: false });
  client.ws.send('"id":"a"}', { fin: true });
  expect(await client.take((message) => "re" in message)).toMatchObject({ type: "pong", re: "a" });
});

test("a ping is answered with its own payload (RFC 6455 §5.5.3)", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  const pong = new Promise((resolve) => client.ws.once("pong", (payload) => resolve(payload.toString())));
  client.ws.ping("are you there?");
  expect(await pong).toBe("are you there?");
});

test("a hundred messages at once are answered, more are refused, and who does not stop is put out", async () => {
  const hub = await startTestHub({ gateway: { limits: { messages: { perSecond: 0.001, burst: 100 } } } });
  const client = await connect(hub);
  for (let i = 0; i < 100; i++) client.send({ type: "ping" });
  expect(await client.request({ type: "ping" })).toMatchObject({ code: "RATE_LIMITED" });
  expect(client.inbox.filter(({ type }) => type === "pong")).toHaveLength(100);

  for (let i = 0; i < 200; i++) client.send({ type: "ping" });
  expect(await client.closed).toEqual({ code: 1008, reason: "RATE_LIMITED" });
  await expectAlive(hub);
});

test.each([
  ["malformed requests", (raw: RawClient) => raw.send(FIN | TEXT, "{}")],
  ["pings", (raw: RawClient) => raw.send(FIN | PING)],
  ["pongs", (raw: RawClient) => raw.send(FIN | 0xa)],
])("a flood of %s is a flood too", async (_, send) => {
  const limits = { messages: { perSecond: 0.001, burst: 5 }, closeTimeoutMs: 10 };
  const hub = await startTestHub({ gateway: { limits } });
  const raw = new RawClient(hub);
  raw.shakeHands();
  for (let i = 0; i < 50; i++) send(raw);
  expect(await raw.closing()).toEqual({ code: 1008, reason: "RATE_LIMITED" });
});

test("log-ins and evidence cost ten messages each", async () => {
  const hub = await startTestHub({ gateway: { limits: { messages: { perSecond: 0.001, burst: 20 } } } });
  const client = await connect(hub);
  const slash = { type: "transact", transaction: { type: "slash", evidence: {} } };
  expect(await client.request(slash)).toMatchObject({ code: "MALFORMED" });
  expect(await client.request(slash)).toMatchObject({ code: "MALFORMED" });
  expect(await client.request(slash)).toMatchObject({ code: "RATE_LIMITED" });
});
