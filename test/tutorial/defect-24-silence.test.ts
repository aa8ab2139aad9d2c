// What the tutorial's program gets wrong, item 24: no reason is given for any closed connection, one's own address and
// the round's time are never shown, and BPMs of -40 and 9223372036854775807 are accepted.
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { OPCODE_BINARY, TcpClient } from "../support/tcp-client.ts";
import { connect, refusal, startValidator } from "../support/validator.ts";

it("tells a validator its address, its stake, and when the round closes", async () => {
  const hub = await startHub();
  const { events } = startClient(hub.url, { args: ["--stake", "100", "--name", "anna"] });

  const { address, ...connected } = await events.waitFor("connected");
  expect(connected).toMatchObject({ url: hub.url, chainId: hub.chainId, name: "anna", index: 0 });
  expect(await events.waitFor("staked")).toMatchObject({ bonded: 100, liquid: 900, address });
  const { round, closesAt, validators, stake } = await events.waitFor("round", (event) => event.stake === 100);
  expect({ validators, stake }).toEqual({ validators: 1, stake: 100 });
  expect(await hub.events.waitFor("round", (event) => event.round === round)).toMatchObject({ closesAt });
  expect(await hub.get("/api/validators")).toMatchObject({ validators: [{ name: "anna", address, bonded: 100 }] });
});

it.each(["-40", "0", "29", "221", "9223372036854775807"])(
  "refuses a BPM of %s with the range that is allowed",
  async (bpm) => {
    const hub = await startHub();
    const { events, type } = startClient(hub.url, { args: ["--stake", "100"] });
    await events.waitFor("staked");
    type(bpm);
    expect(await events.waitFor("rejected")).toMatchObject({
      code: "BPM_OUT_OF_RANGE",
      message: `BPM ${bpm} is out of range: enter a whole number from 30 to 220.`,
    });
  },
);

it.each([-40, 221, 2 ** 60])(
  "refuses a BPM of %d from whoever signs it all the same, and slashes nobody",
  async (bpm) => {
    const hub = await startHub();
    const { person, client } = await startValidator(hub);
    expect(refusal(await client.propose(person, bpm))).toMatchObject({
      code: "BPM_OUT_OF_RANGE",
      expected: "30 to 220",
      actual: String(bpm),
    });
    expect(await client.ask("account", { type: "account", publicKey: person.publicKey })).toMatchObject({
      account: { bonded: 100, tombstoned: false },
    });
  },
);

it.each([
  {
    what: "text that is no JSON",
    code: "NOT_JSON",
    send: (client: TcpClient) => client.write(TcpClient.frame("Enter")),
  },
  {
    what: "a frame that breaks the protocol",
    code: "BROKEN_FRAME",
    send: (client: TcpClient) => client.write(Buffer.from([0xf1, 0x80, 0, 0, 0, 0])),
  },
  {
    what: "a binary frame",
    code: "BINARY_FRAME",
    send: (client: TcpClient) => client.write(TcpClient.frame("72", OPCODE_BINARY)),
  },
  {
    what: "a frame that is too large",
    code: "FRAME_TOO_LARGE",
    send: (client: TcpClient) => client.write(TcpClient.frame("7".repeat(70_000))),
  },
])("closes the connection on $what, and says why: $code", async ({ code, send }) => {
  const hub = await startHub();
  const client = new TcpClient(hub.url);
  client.write(TcpClient.handshake());
  await client.received(1);
  send(client);
  expect(await client.closed).toBe(code);
});

it("says so to everybody when it stops", async () => {
  const hub = await startHub();
  const client = await connect(hub);
  const [, { status, reason }] = await Promise.all([hub.stop(), client.closed]);
  expect({ status, reason }).toEqual({ status: 1001, reason: "HUB_STOPPING" });
});
