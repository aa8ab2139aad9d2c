/** Who may log in (SPEC §1, §4; DESIGN §7, §9). */
import { expect, test, vi } from "vitest";
import { connect, connectValidator } from "./support/client.ts";
import { Person } from "./support/person.ts";
import { startTestHub } from "./support/test-hub.ts";

test("a connection is greeted with the network, the tip and a challenge of its own", async () => {
  const hub = await startTestHub();
  const [one, other] = [await connect(hub), await connect(hub)];
  expect(one.hello).toMatchObject({
    chainId: hub.port.chainId,
    network: "test",
    needsToken: false,
    tip: { index: 0, hash: hub.port.chainId },
    time: hub.port.nowMs(),
  });
  expect(one.hello.challenge).not.toBe(other.hello.challenge);
});

test("a login that signs the challenge is welcome, with or without an account", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connect(hub);
  expect(await client.logIn(anna)).toMatchObject({ type: "welcome", account: null, proposal: null, transactions: [] });
});

test("the welcome carries what the hub holds of the key: account, accepted proposal, waiting transactions (DESIGN §7)", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const first = await connectValidator(hub, anna, 100);
  const proposal = anna.proposal(72);
  await first.request({ type: "propose", proposal });
  first.ws.close();
  await first.closed;

  const second = await connect(hub);
  const welcome = await second.logIn(anna);
  expect(welcome).toMatchObject({
    type: "welcome",
    account: { name: "anna", bonded: 100, liquid: 900 },
    proposal: { proposal, receipt: { round: 1 } },
    transactions: [{ receipt: { round: 1 } }, { receipt: { round: 1 } }],
  });
});

test("a signature over another challenge is refused, and the login can be tried again", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connect(hub);
  expect(await client.request(anna.login("00".repeat(32)))).toMatchObject({ type: "error", code: "LOGIN_REFUSED" });
  expect(await client.logIn(anna)).toMatchObject({ type: "welcome" });
});

test.each([
  ["of small order", `01${"00".repeat(31)}`],
  ["not canonical", "ff".repeat(32)],
])("a public key that is %s is refused (SPEC §1)", async (_, publicKey) => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connect(hub);
  expect(await client.logIn(anna, { publicKey })).toMatchObject({ code: "BAD_PUBLIC_KEY", actual: publicKey });
});

test("nobody logs in with the hub's key (SPEC §1)", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  const publicKey = hub.port.genesis.hub;
  expect(await client.logIn(new Person(hub, "mallory"), { publicKey })).toMatchObject({ code: "BAD_PUBLIC_KEY" });
});

test("a second login on one connection is refused", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  await client.logIn(new Person(hub, "anna"));
  expect(await client.logIn(new Person(hub, "ben"))).toMatchObject({ code: "ALREADY_LOGGED_IN" });
});

test.each([null, "", "wrong", "secret-and-more"])("where a join token is asked for, %j is not it", async (token) => {
  const hub = await startTestHub({ gateway: { token: "secret" } });
  const client = await connect(hub);
  expect(client.hello.needsToken).toBe(true);
  expect(await client.logIn(new Person(hub, "anna"), { token })).toMatchObject({ code: "TOKEN_REFUSED" });
  expect(await client.logIn(new Person(hub, "anna"), { token: "secret" })).toMatchObject({ type: "welcome" });
});

test("the token guards joining, not reading", async () => {
  const hub = await startTestHub({ gateway: { token: "secret" } });
  const client = await connect(hub);
  expect(await client.request({ type: "subscribe" })).toMatchObject({ type: "subscribed" });
});

test("the token is in no log and no metric", async () => {
  const hub = await startTestHub({ gateway: { token: "secret" } });
  const client = await connect(hub);
  await client.logIn(new Person(hub, "anna"), { token: "secret" });
  await client.logIn(new Person(hub, "anna"), { token: "guess" });
  const written = JSON.stringify(hub.events) + (await hub.telemetry.expose());
  expect(written).not.toMatch(/secret|guess/);
});

test("a client that shows a block which this hub signed and lost is told so (DESIGN §9)", async () => {
  const lost = { index: 7, hash: "ab".repeat(32), hubSignature: "cd".repeat(64) };
  const hub = await startTestHub({ port: (port) => ({ ...port, isAhead: (tip) => tip?.hash === lost.hash }) });
  const client = await connect(hub);
  expect(await client.logIn(new Person(hub, "anna"), { tip: lost })).toMatchObject({
    code: "HUB_BEHIND",
    expected: "0",
    actual: "7",
  });
  expect(await client.closed).toEqual({ code: 1011, reason: "HUB_BEHIND" });
  expect(hub.events).toContainEqual({ name: "behind", fields: { index: 7, hash: lost.hash } });
});

test("a tip that the hub has not signed is no reason to refuse", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  const tip = { index: 7, hash: "ab".repeat(32), hubSignature: "cd".repeat(64) };
  expect(await client.logIn(new Person(hub, "anna"), { tip })).toMatchObject({ type: "welcome" });
});

test("a key has one live session: the second is told where the first one is from", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const first = await connect(hub);
  await first.logIn(anna);
  const second = await connect(hub);
  const refusal = await second.logIn(anna);
  expect(refusal).toMatchObject({ code: "SESSION_ELSEWHERE", actual: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  expect(await first.request({ type: "ping" })).toMatchObject({ type: "pong" });

  first.ws.close();
  await first.closed;
  expect(await second.logIn(anna)).toMatchObject({ type: "welcome" });
});

test("a first session that no longer answers does not lock its owner out", async () => {
  const hub = await startTestHub({ gateway: { limits: { takeOverMs: 50 } } });
  const anna = new Person(hub, "anna");
  const first = await connect(hub, { autoPong: false });
  await first.logIn(anna);
  const second = await connect(hub);
  expect(await second.logIn(anna)).toMatchObject({ type: "welcome" });
  expect(await first.closed).toEqual({ code: 1008, reason: "TOO_SLOW" });
  const third = await connect(hub);
  expect(await third.logIn(anna)).toMatchObject({ code: "SESSION_ELSEWHERE" });
});

test("while a first session is being asked, a third one is refused at once", async () => {
  const hub = await startTestHub({ gateway: { limits: { takeOverMs: 60_000 } } });
  const anna = new Person(hub, "anna");
  const first = await connect(hub, { autoPong: false });
  await first.logIn(anna);
  const second = await connect(hub);
  second.send(anna.login(second.challenge));
  await second.request({ type: "ping" });
  const third = await connect(hub);
  expect(await third.logIn(anna)).toMatchObject({ code: "SESSION_ELSEWHERE" });
});

test("the second login is let in the moment that the first session ends", async () => {
  const hub = await startTestHub({ gateway: { limits: { takeOverMs: 60_000 } } });
  const anna = new Person(hub, "anna");
  const first = await connect(hub, { autoPong: false });
  await first.logIn(anna);
  const second = await connect(hub);
  const reply = second.logIn(anna);
  await second.request({ type: "ping" });
  first.ws.terminate();
  expect(await reply).toMatchObject({ type: "welcome" });
});

test("a second login that hangs up while it waits leaves the first one as it is", async () => {
  const hub = await startTestHub({ gateway: { limits: { takeOverMs: 60_000 } } });
  const anna = new Person(hub, "anna");
  const first = await connect(hub, { autoPong: false });
  await first.logIn(anna);
  const second = await connect(hub);
  second.send(anna.login(second.challenge));
  await second.request({ type: "ping" });
  second.ws.close();
  await second.closed;
  expect(await first.request({ type: "ping" })).toMatchObject({ type: "pong" });
});

test("who comes and goes is logged, once they have an account", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const first = await connectValidator(hub, anna, 100);
  first.ws.close();
  await first.closed;
  const second = await connect(hub);
  await second.logIn(anna);
  second.ws.close();
  await second.closed;
  await vi.waitFor(() => expect(hub.events.map(({ name }) => name)).toEqual(["listening", "left", "online", "left"]));
});
