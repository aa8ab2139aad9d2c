/** What everybody may ask, spectators included (DESIGN §9). */
import { checkGenesis } from "pos-shared/model/genesis.ts";
import { expect, test } from "vitest";
import { connect, connectValidator, sealRounds } from "./support/client.ts";
import { Person } from "./support/person.ts";
import { startTestHub } from "./support/test-hub.ts";

test("ping tells the hub's time, so that clients can estimate its clock", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  expect(await client.request({ type: "ping" })).toMatchObject({ type: "pong", time: hub.port.nowMs() });
});

test("genesis is the chain's own", async () => {
  const hub = await startTestHub();
  const client = await connect(hub);
  const reply = await client.request({ type: "genesis" });
  if (reply.type !== "genesis") throw new Error(reply.type);
  expect(reply.genesis).toEqual(hub.port.genesis);
  expect(checkGenesis(reply.genesis).ok).toBe(true);
});

test("an account is told with waiting transactions counted, and null for a key without one", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  await connectValidator(hub, anna, 100);
  const client = await connect(hub);
  expect(await client.request({ type: "account", publicKey: anna.publicKey })).toMatchObject({
    account: { name: "anna", bonded: 100 },
  });
  expect(await client.request({ type: "account", publicKey: new Person(hub, "ben").publicKey })).toMatchObject({
    account: null,
  });
});

test("validators come most bonded first, with who is online, in pages", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const ben = new Person(hub, "ben");
  await connectValidator(hub, anna, 100);
  const benClient = await connectValidator(hub, ben, 200);
  benClient.ws.close();
  await benClient.closed;
  const client = await connect(hub);
  expect(await client.request({ type: "validators", from: 0, limit: 10 })).toMatchObject({
    total: 2,
    validators: [
      { name: "ben", bonded: 200, online: false },
      { name: "anna", bonded: 100, online: true },
    ],
  });
  expect(await client.request({ type: "validators", from: 1, limit: 1 })).toMatchObject({
    total: 2,
    validators: [{ name: "anna" }],
  });
});

test("blocks come in pages, ascending, as they were pushed, and say where the tip is", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await client.request({ type: "subscribe" });
  await sealRounds(hub, client, anna, 3);
  const pushed = [];
  for (let i = 0; i < 3; i++) pushed.push((await client.push("block")).block);
  const all = await client.request({ type: "blocks", from: 1, limit: 1000 });
  expect(all).toMatchObject({ blocks: pushed, tip: hub.port.status().tip });
  expect(await client.request({ type: "blocks", from: 2, limit: 1 })).toMatchObject({ blocks: [pushed[1]] });
  expect(await client.request({ type: "blocks", from: 4, limit: 1000 })).toMatchObject({ blocks: [] });
});

test("a page that ends at the tip grows with the chain, though pages are kept", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await client.request({ type: "subscribe" });
  for (const index of [1, 2]) {
    await sealRounds(hub, client, anna, 1);
    const page = await client.request({ type: "blocks", from: 1, limit: 1000 });
    expect(page.type === "blocks" && page.blocks.length).toBe(index);
  }
});

test("proposals of a block's round come with their inclusion proofs (RFC 9162)", async () => {
  const hub = await startTestHub();
  const anna = new Person(hub, "anna");
  const ben = new Person(hub, "ben");
  const client = await connectValidator(hub, anna, 100);
  const other = await connectValidator(hub, ben, 100);
  await client.request({ type: "propose", proposal: anna.proposal(72) });
  await other.request({ type: "propose", proposal: ben.proposal(80) });
  await hub.closeRound();
  const page = await client.request({ type: "proposals", index: 1, from: 0, limit: 10 });
  expect(page).toMatchObject({ index: 1, total: 2, proposals: [{}, {}] });
  const proofs = await client.request({ type: "prove", index: 1, positions: [1], publicKey: anna.publicKey });
  if (proofs.type !== "proofs" || page.type !== "proposals") throw new Error("no proofs");
  for (const { position, proposal, path } of proofs.proofs) {
    expect(proposal).toEqual(page.proposals[position]);
    expect(path).toHaveLength(1);
  }
  expect(proofs.proofs.some(({ proposal }) => JSON.stringify(proposal).includes(anna.publicKey))).toBe(true);
});

test("of a block that does not exist there is nothing, and of an old one no proposals any more", async () => {
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readProposals: (index, from, limit) => (index === 1 ? "PRUNED" : port.readProposals(index, from, limit)),
      prove: (index, positions, key) => (index === 1 ? "PRUNED" : port.prove(index, positions, key)),
    }),
  });
  const client = await connect(hub);
  const proposals = (index: number) => client.request({ type: "proposals", index, from: 0, limit: 10 });
  const prove = (index: number) => client.request({ type: "prove", index, positions: [0], publicKey: null });
  expect(await proposals(9)).toMatchObject({ code: "NOT_FOUND", actual: "block 9" });
  expect(await prove(9)).toMatchObject({ code: "NOT_FOUND", actual: "block 9" });
  expect(await proposals(1)).toMatchObject({ code: "PRUNED" });
  expect(await prove(1)).toMatchObject({ code: "PRUNED" });
});

test("a page that cannot be read is one client's error, not the hub's end", async () => {
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readBlocks: () => {
        throw new Error("database disk image is malformed");
      },
    }),
  });
  const client = await connect(hub);
  expect(await client.request({ type: "blocks", from: 1, limit: 10 })).toMatchObject({ code: "STORE_FAILED" });
  expect(await client.request({ type: "ping" })).toMatchObject({ type: "pong" });
  expect(hub.events.map(({ name }) => name)).toContain("failed");
});
