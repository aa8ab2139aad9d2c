/** Handing in proposals, transactions and evidence (SPEC §3, §4; DESIGN §7, §8). */
import { expect, test } from "vitest";
import { connect, connectValidator } from "./support/client.ts";
import { Person } from "./support/person.ts";
import { startTestHub } from "./support/test-hub.ts";

const ANNA = "anna";

test("a proposal is answered with its receipt, and the same one again with the same receipt", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connectValidator(hub, anna, 100);
  const proposal = anna.proposal(72);
  const first = await client.request({ type: "propose", proposal });
  expect(first).toMatchObject({ type: "accepted", receipt: { round: 1 } });
  const again = await client.request({ type: "propose", proposal });
  expect(again).toEqual({ ...first, re: again.re });
});

test("a transaction is answered with the receipt that names its round", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connect(hub);
  await client.logIn(anna);
  expect(await client.request({ type: "transact", transaction: anna.join() })).toMatchObject({
    type: "receipted",
    receipt: { round: 1 },
  });
});

test("only who is logged in proposes and transacts", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connect(hub);
  expect(await client.request({ type: "propose", proposal: anna.proposal(72) })).toMatchObject({
    code: "LOGIN_REQUIRED",
  });
  expect(await client.request({ type: "transact", transaction: anna.join() })).toMatchObject({
    code: "LOGIN_REQUIRED",
  });
});

test("nobody hands in for another key", async () => {
  const hub = await startTestHub();
  const [anna, ben] = [new Person(hub, ANNA), new Person(hub, "ben")];
  await connectValidator(hub, anna, 100);
  const client = await connect(hub);
  await client.logIn(ben);
  const refusal = { code: "NOT_YOUR_KEY", path: "publicKey", expected: ben.publicKey, actual: anna.publicKey };
  expect(await client.request({ type: "propose", proposal: anna.proposal(72) })).toMatchObject(refusal);
  expect(await client.request({ type: "transact", transaction: anna.bond(1, 2) })).toMatchObject(refusal);
});

test.each([null, 7, "proposal", [], {}, { publicKey: 7 }])(
  "what is no proposal or transaction, as %j, is malformed",
  async (nonsense) => {
    const hub = await startTestHub();
    const client = await connectValidator(hub, new Person(hub, ANNA), 100);
    expect(await client.request({ type: "propose", proposal: nonsense })).toMatchObject({ code: "MALFORMED" });
    expect(await client.request({ type: "transact", transaction: nonsense })).toMatchObject({ code: "MALFORMED" });
  },
);

test("a taken name is answered with a free one", async () => {
  const hub = await startTestHub();
  await connectValidator(hub, new Person(hub, ANNA), 100);
  const other = new Person(hub, "Anna");
  const client = await connect(hub);
  await client.logIn(other);
  const refusal = await client.request({ type: "transact", transaction: other.join() });
  expect(refusal).toMatchObject({ code: "NAME_TAKEN", suggestion: expect.stringMatching(/^Anna-?\d/) });
  if (refusal.type !== "error" || refusal.suggestion === null) throw new Error("no suggestion");
  const renamed = new Person(hub, refusal.suggestion, other.key);
  expect(await client.request({ type: "transact", transaction: renamed.join() })).toMatchObject({ type: "receipted" });
});

test("anyone may hand in evidence, a spectator too, and gets a receipt (DESIGN §7)", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  await connectValidator(hub, anna, 100);
  const evidence = { kind: "equivocation", first: anna.proposal(72), second: anna.proposal(73) };
  const spectator = await connect(hub);
  await spectator.request({ type: "subscribe" });
  expect(await spectator.request({ type: "transact", transaction: { type: "slash", evidence } })).toMatchObject({
    type: "receipted",
  });
  expect(await spectator.push("slashed")).toMatchObject({
    publicKey: anna.publicKey,
    kind: "equivocation",
    amount: 100,
  });
});

test("so much evidence is examined and not more; what costs no arithmetic is refused as ever", async () => {
  const hub = await startTestHub({ gateway: { limits: { evidence: { perSecond: 0.001, burst: 2 } } } });
  const [anna, ben] = [new Person(hub, ANNA), new Person(hub, "ben")];
  await connectValidator(hub, anna, 100);
  const stranger = await connect(hub);
  const codeOf = async (evidence: object) => {
    const reply = await stranger.request({ type: "transact", transaction: { type: "slash", evidence } });
    return reply.type === "error" ? reply.code : reply.type;
  };
  const innocent = { kind: "vrf", proposal: anna.proposal(72) };
  expect(await codeOf({ kind: "vrf" })).toBe("MALFORMED");
  expect(await codeOf({ kind: "vrf", proposal: ben.proposal(72) })).toBe("UNKNOWN_ACCOUNT");
  expect([await codeOf(innocent), await codeOf(innocent), await codeOf(innocent)]).toEqual([
    "NO_OFFENCE",
    "NO_OFFENCE",
    "RATE_LIMITED",
  ]);
  expect(await codeOf({ kind: "vrf", proposal: ben.proposal(72) })).toBe("UNKNOWN_ACCOUNT");
});

test("what the rules refuse is refused with their code, and the connection stays", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connectValidator(hub, anna, 100);
  const codeOf = async (body: object) => {
    const reply = await client.request(body);
    return reply.type === "error" ? reply.code : reply.type;
  };
  const propose = (bpm: unknown, changes = {}) => codeOf({ type: "propose", proposal: anna.proposal(bpm, changes) });
  const transact = (fields: object) => codeOf({ type: "transact", transaction: anna.transaction(fields) });

  expect(await propose(221)).toBe("BPM_OUT_OF_RANGE");
  expect(await propose(72, { round: 9 })).toBe("ROUND_NOT_OPEN");
  expect(await propose(72, { prevHash: "ab".repeat(32) })).toBe("STALE_TIP");
  expect(await codeOf({ type: "propose", proposal: { ...anna.proposal(72), bpm: 73 } })).toBe("BAD_SIGNATURE");
  expect(await transact({ type: "join", name: "other", grant: 1000 })).toBe("ALREADY_JOINED");
  expect(await transact({ type: "bond", nonce: 7, amount: 1 })).toBe("WRONG_NONCE");
  expect(await transact({ type: "bond", nonce: 2, amount: 901 })).toBe("INSUFFICIENT_FUNDS");
  expect(await transact({ type: "transfer", nonce: 2, amount: 1, to: "ab".repeat(32) })).toBe("UNKNOWN_RECIPIENT");
  await hub.closeRound();
  expect(await propose(72, { round: 1 })).toBe("ROUND_CLOSED");
  expect(await propose(72.5)).toBe("POLLUTED_BPM");
  expect(await propose(72)).toBe("TOMBSTONED");
});

test("where the disk is full nothing is acknowledged, and the connection stays", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connectValidator(hub, anna, 100);
  hub.fillDisk();
  expect(await client.request({ type: "propose", proposal: anna.proposal(72) })).toMatchObject({
    code: "STORE_FAILED",
  });
  expect(await client.request({ type: "ping" })).toMatchObject({ type: "pong" });
});

test("an answer to who has hung up meanwhile goes nowhere, and nothing breaks", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connectValidator(hub, anna, 100);
  client.send({ type: "propose", proposal: anna.proposal(72) });
  client.ws.terminate();
  const other = await connect(hub);
  expect(await other.logIn(anna)).toMatchObject({ type: expect.stringMatching(/welcome|error/) });
});

test("refusals are counted by code", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, ANNA);
  const client = await connect(hub);
  await client.request({ type: "propose", proposal: anna.proposal(72) });
  expect(await hub.telemetry.expose()).toContain('pos_hub_refused_total{code="LOGIN_REQUIRED"} 1');
});
