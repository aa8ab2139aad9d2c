/** What subscribers hear, and when (DESIGN §7, §9). */
import type { Block } from "pos-shared/model/block.ts";
import type { GenesisAccount } from "pos-shared/model/genesis.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { Push } from "pos-shared/protocol/hub-messages.ts";
import { expect, test } from "vitest";
import { connect, connectValidator, sealRounds, type TestClient } from "./support/client.ts";
import { startLoudHub } from "./support/loud-hub.ts";
import { Person } from "./support/person.ts";
import { startTestHub } from "./support/test-hub.ts";

const SOON = { gateway: { limits: { coalesceMs: 10 } } };

test("a subscription tells the state, and from then on everything that happens, in order", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  const watcher = await connect(hub);
  expect(await watcher.request({ type: "subscribe" })).toMatchObject({
    tip: { index: 0 },
    opening: { round: 1 },
    validators: 1,
    stake: 100,
    proposals: 0,
    online: 1,
  });
  await sealRounds(hub, client, anna, 2);
  await watcher.push("opening").then(() => watcher.push("opening"));
  const story = watcher.history.map((push) =>
    push.type === "block"
      ? `block ${index(push)}`
      : push.type === "opening"
        ? `round ${push.opening.round}`
        : push.type,
  );
  expect(story.filter((line) => /block|round/.test(line))).toEqual(["block 1", "round 2", "block 2", "round 3"]);
});

/** The index of a pushed block. */
function index(push: Push): number {
  return blockOf(push).index;
}

function blockOf(push: Push | undefined): Block {
  if (push?.type !== "block") throw new Error("no block");
  return push.block as Block;
}

test("who does not subscribe hears nothing", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await sealRounds(hub, client, anna, 1);
  await client.request({ type: "ping" });
  expect(client.inbox).toEqual([]);
});

test("a block comes with the lowest proposals of its draw, the winner first", async () => {
  const hub = await startTestHub();
  const people = ["anna", "ben", "cleo"].map((name) => new Person(hub, name));
  const clients = [];
  for (const person of people) clients.push(await connectValidator(hub, person, 100));
  const [watcher] = clients;
  await watcher?.request({ type: "subscribe" });
  for (const [i, person] of people.entries()) {
    await clients[i]?.request({ type: "propose", proposal: person.proposal(72) });
  }
  await hub.closeRound();
  const push = await watcher?.push("block");
  expect(push?.lowest).toHaveLength(3);
  expect(push?.lowest[0]).toEqual(blockOf(push).proposal);
});

test("proposals are told as they come, with name and bpm", async () => {
  const hub = await startTestHub(SOON);
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await client.request({ type: "subscribe" });
  await client.request({ type: "propose", proposal: anna.proposal(72) });
  expect(await client.push("activity")).toMatchObject({
    round: 1,
    proposals: 1,
    recent: [{ publicKey: anna.publicKey, name: "anna", bpm: 72, at: "2026-01-01T00:00:00.000Z" }],
  });
});

test("of many proposals at once one push tells the latest 64, and how many there are", async () => {
  const { hub, tell } = await startLoudHub({ ...SOON, genesis: { accounts: genesisAccounts(100) } });
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  for (const [i, { publicKey }] of hub.port.genesis.accounts.entries()) {
    tell({ kind: "proposal", round: 1, proposal: proposalOf(publicKey), proposals: i + 1 });
  }
  const { proposals, recent } = await watcher.push("activity");
  expect(proposals).toBe(100);
  expect(recent.map(({ name }) => name)).toEqual(Array.from({ length: 64 }, (_, i) => `p${i + 36}`));
});

test("what was not yet told when the round closes is not told after its block", async () => {
  const { hub, tell } = await startLoudHub({ genesis: { accounts: genesisAccounts(2) } });
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  const [first, second] = hub.port.genesis.accounts;
  if (first === undefined || second === undefined) throw new Error("two accounts");
  tell({ kind: "proposal", round: 1, proposal: proposalOf(first.publicKey), proposals: 1 });
  await watcher.push("activity");
  // Within the same second, so this one waits.
  tell({ kind: "proposal", round: 1, proposal: proposalOf(second.publicKey), proposals: 2 });
  tell({ kind: "idle", round: 1 });
  tell({ kind: "proposal", round: 2, proposal: proposalOf(second.publicKey), proposals: 1 });
  await watcher.push("idle");
  expect(await watcher.push("activity")).toMatchObject({ round: 2, proposals: 1, recent: [{ name: "p1" }] });
});

/** The form of a proposal, for news of it. */
function proposalOf(publicKey: string): Proposal {
  const claim = { output: "ab".repeat(64), proof: "ab".repeat(80) };
  return { round: 1, prevHash: "ab".repeat(32), bpm: 72, publicKey, claim, signature: "ab".repeat(64) };
}

/** Accounts p0, p1, … with 0, 1, … tokens bonded. */
function genesisAccounts(count: number): GenesisAccount[] {
  return Array.from({ length: count }, (_, i) => {
    const { publicKey } = new Person(undefined, `p${i}`);
    return { publicKey, name: `p${i}`, liquid: 0, bonded: i };
  });
}

test("changes of validators are told with the totals: stake, wins, comings and goings", async () => {
  const hub = await startTestHub(SOON);
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  const row = { name: "anna", publicKey: anna.publicKey, bonded: 100, liquid: 900, online: true, wins: 0 };
  await untilChange(watcher, { total: 1, online: 1, validators: 1, stake: 100, rows: [row] });
  await sealRounds(hub, client, anna, 1);
  await untilChange(watcher, { total: 1, rows: [{ ...row, liquid: 910, wins: 1 }] });
  client.ws.close();
  await untilChange(watcher, { total: 1, online: 0, rows: [{ name: "anna", online: false }] });
});

test("the total of accounts is told without putting all of them in order (100,000 took 70 ms a push)", async () => {
  let listed = 0;
  const hub = await startTestHub({
    ...SOON,
    genesis: { accounts: genesisAccounts(20) },
    port: (port) => ({
      ...port,
      validators: (...page) => {
        listed += 1;
        return port.validators(...page);
      },
    }),
  });
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  await connectValidator(hub, new Person(hub, "anna"), 100);
  await untilChange(watcher, { total: 21, rows: [{ name: "anna" }] });
  expect(hub.port.validators(0, 1).total).toBe(21);
  expect(listed).toBe(1);
});

/** Waits until the pushes of changes arrive at this; a change may be spread over several of them. */
async function untilChange(client: TestClient, wanted: object): Promise<void> {
  for (;;) {
    const push = await client.push("changes");
    try {
      expect(push).toMatchObject(wanted);
      return;
    } catch {}
  }
}

test("of many changes at once the most bonded come first, 64 a push, and the rest follows", async () => {
  const accounts = genesisAccounts(150);
  const { hub, tell } = await startLoudHub({ ...SOON, genesis: { accounts } });
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  for (const { publicKey } of accounts) {
    const account = hub.port.accountOf(publicKey);
    if (account !== undefined) tell({ kind: "account", account, cause: "bond" });
  }
  const pushes = [await watcher.push("changes"), await watcher.push("changes"), await watcher.push("changes")];
  expect(pushes.map(({ rows }) => rows.length)).toEqual([64, 64, 22]);
  expect(pushes.flatMap(({ rows }) => rows.map(({ bonded }) => bonded))).toEqual(
    Array.from({ length: 150 }, (_, i) => 149 - i),
  );
});

test("a slashing is told to everybody at once", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  const client = await connectValidator(hub, anna, 100);
  expect(await client.request({ type: "propose", proposal: anna.proposal("fast") })).toMatchObject({
    code: "POLLUTED_BPM",
  });
  expect(await watcher.push("slashed")).toMatchObject({
    publicKey: anna.publicKey,
    name: "anna",
    kind: "bpm",
    amount: 100,
    round: 1,
  });
});

test("a transaction that became invalid is told to its author alone, at the close of its round (SPEC §6)", async () => {
  const hub = await startTestHub({ maxTransactions: 4 });
  const [anna, ben] = [new Person(hub, "anna"), new Person(hub, "ben")];
  const annaClient = await connectValidator(hub, anna, 100);
  const benClient = await connectValidator(hub, ben, 100);
  for (const client of [annaClient, benClient]) await client.request({ type: "subscribe" });
  // Round 1 is full, so this one waits for round 2; but its author is slashed in round 1.
  const bond = await annaClient.request({ type: "transact", transaction: anna.bond(1, 2) });
  if (bond.type !== "receipted") throw new Error("not accepted");
  expect(bond.receipt.round).toBe(2);
  await annaClient.request({ type: "propose", proposal: anna.proposal(72.5) });
  await benClient.push("slashed");
  await hub.closeRound();
  // Until its own round closes it may hold again, and be recorded.
  await annaClient.request({ type: "ping" });
  expect(annaClient.inbox.filter(({ type }) => type === "dropped")).toEqual([]);
  await hub.closeRound();
  expect(await annaClient.push("dropped")).toEqual({ type: "dropped", tx: bond.receipt.tx, code: "TOMBSTONED" });
  await benClient.request({ type: "ping" });
  expect(benClient.inbox.filter(({ type }) => type === "dropped")).toEqual([]);
});

test("when nothing is at stake any more, everybody hears that the network is idle", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const watcher = await connect(hub);
  await watcher.request({ type: "subscribe" });
  const client = await connectValidator(hub, anna, 100);
  await hub.closeRound();
  await client.request({ type: "transact", transaction: anna.transaction({ type: "unbond", nonce: 2, amount: 100 }) });
  for (let i = 0; i < 4; i++) await hub.closeRound();
  expect(await watcher.push("idle")).toMatchObject({ type: "idle" });
});

test("500 subscribers get each push exactly once", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  const watchers = await Promise.all(Array.from({ length: 500 }, () => connect(hub)));
  await Promise.all(watchers.map((watcher) => watcher.request({ type: "subscribe" })));
  await sealRounds(hub, client, anna, 2);
  for (const watcher of watchers) {
    await watcher.push("opening").then(() => watcher.push("opening"));
    await watcher.request({ type: "ping" });
    const blocks = watcher.history.filter(({ type }) => type === "block");
    expect(blocks.map(index)).toEqual([1, 2]);
  }
});
