// What a client may send is a message of docs/protocol.md. Anything else gets a code and the place that is wrong; what
// can be read as JSON leaves the connection open (DESIGN §9).
import { expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { TcpClient } from "../support/tcp-client.ts";
import { connect, refusal, sealRound, startValidator } from "../support/validator.ts";

const KEY = "00".repeat(32);

it.each([
  { what: "an unknown type", message: { type: "propse" }, path: "type" },
  { what: "no type", message: {}, path: "type" },
  { what: "an unknown key", message: { type: "ping", when: 1 }, path: "when" },
  { what: "a missing key", message: { type: "blocks", from: 1 }, path: "limit" },
  { what: "a number that is a text", message: { type: "blocks", from: "1", limit: 1 }, path: "from" },
  { what: "a fraction", message: { type: "blocks", from: 1.5, limit: 1 }, path: "from" },
  { what: "a number out of range", message: { type: "blocks", from: 0, limit: 1 }, path: "from" },
  { what: "too large a page", message: { type: "blocks", from: 1, limit: 1_001 }, path: "limit" },
  { what: "hex with capitals", message: { type: "account", publicKey: KEY.replace(/^00/, "AB") }, path: "publicKey" },
  { what: "hex that is too short", message: { type: "account", publicKey: "00" }, path: "publicKey" },
  {
    what: "too many places",
    message: { type: "prove", index: 1, positions: Array(17).fill(0), publicKey: null },
    path: "positions",
  },
])("refuses $what by its place, and the connection stays", async ({ message, path }) => {
  const hub = await startHub();
  const client = await connect(hub);
  const reply = refusal(await client.request(message));
  expect(reply).toMatchObject({ code: "MALFORMED", path });
  expect(reply.expected).not.toBeNull();
  await client.ask("pong", { type: "ping" });
});

it.each([
  "72",
  "null",
  "[]",
  '"ping"',
  '{"type":"ping"}',
  '{"type":"ping","id":7}',
  `{"type":"ping","id":"${"x".repeat(33)}"}`,
])("answers a frame whose id cannot be read without one: %s", async (frame) => {
  const hub = await startHub();
  const client = new TcpClient(hub.url);
  client.write(Buffer.concat([TcpClient.handshake(), TcpClient.frame(frame)]));
  const [, reply = ""] = await client.received(2);
  expect(JSON.parse(reply)).toMatchObject({ type: "error", re: null, code: "MALFORMED" });
  client.write(TcpClient.frame('{"type":"ping","id":"after"}'));
  const [, , pong = ""] = await client.received(3);
  expect(JSON.parse(pong)).toMatchObject({ type: "pong", re: "after" });
});

it("refuses what is nested too deeply or larger than it may be, inside a proposal too", async () => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub);
  let deep: unknown = 1;
  for (let level = 0; level < 30; level++) deep = [deep];
  await client.openRound();
  const proposal = person.proposal(hub.chainId, client.slot, 72);
  for (const wrong of [
    { ...proposal, bpm: deep },
    { ...proposal, extra: 1 },
    { ...proposal, claim: null },
    { ...proposal, claim: { ...proposal.claim, output: "00" } },
    { ...proposal, signature: proposal.signature.toUpperCase() },
    { ...proposal, round: -1 },
    deep,
    "a proposal",
  ]) {
    expect(refusal(await client.request({ type: "propose", proposal: wrong }))).toMatchObject({ code: "MALFORMED" });
  }
  // Nothing of it counted: the right one is still to be had.
  expect((await sealRound([{ person, client }])).proposalCount).toBe(1);
});

it("slows down who sends too much, then closes the connection, while others are served", async () => {
  const hub = await startHub();
  const anna = await startValidator(hub);
  const client = await connect(hub);
  const first = client.request({ type: "ping" });
  const replies = Array.from({ length: 150 }, () => client.request({ type: "ping" }));
  expect((await first).type).toBe("pong");
  const limited = (await Promise.all(replies)).filter(({ type }) => type === "error").map(refusal);
  expect(new Set(limited.map(({ code }) => code))).toEqual(new Set(["RATE_LIMITED"]));
  for (let i = 0; i < 400; i++) client.send({ type: "ping" });
  expect(await client.closed).toEqual({ status: 1008, reason: "RATE_LIMITED" });
  expect((await sealRound([anna])).validator).toBe(anna.person.address);
});
