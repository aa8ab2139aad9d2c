// What the tutorial's program gets wrong, item 22: addresses come from the clock, nothing is signed, and a validator
// that was thrown out comes back with any stake it likes.
import { createHash } from "node:crypto";
import type { Block } from "pos-shared/model/block.ts";
import { describe, expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { connectAs, refusal, startValidator } from "../support/validator.ts";

describe("a slashed identity", () => {
  it("stays slashed when it connects again, and when the hub starts again", async () => {
    const home = temporaryHome();
    const hub = await startHub({ home });
    const witness = await startValidator(hub);
    const { person, client } = await startValidator(hub, 600);
    // The tutorial's bad BPM: signed, and no number.
    expect(refusal(await client.propose(person, "abc"))).toMatchObject({ code: "POLLUTED_BPM", path: "bpm" });
    const { round } = await witness.client.push("slashed", ({ name, kind, amount }) => {
      return name === person.name && kind === "bpm" && amount === 600;
    });
    const { block } = await witness.client.push("block", (push) => (push.block as Block).round === round);
    expect((block as Block).transactions.at(-1)).toMatchObject({ type: "slash", evidence: { kind: "bpm" } });
    client.ws.close();
    await client.closed;

    const again = await connectAs(hub, person);
    await expectOut(again, person);
    await hub.stop();
    const restarted = await startHub({ home });
    expect(restarted.chainId).toBe(hub.chainId);
    await expectOut(await connectAs(restarted, person), person);
    // Neither its name nor its stake is to be had again.
    const impostor = new Person(person.name);
    const other = await connectAs(restarted, impostor);
    expect(
      refusal(await other.transact(impostor, { type: "join", name: person.name.toUpperCase(), grant: 1_000 })),
    ).toMatchObject({ code: "NAME_TAKEN", suggestion: expect.stringMatching(/^P-\d+-2$/) });
  });

  it("is told so by its own client, which goes on with a new one only where it is asked to", async () => {
    const home = temporaryHome();
    const hub = await startHub();
    const anna = startClient(hub.url, { args: ["--stake", "100", "--name", "anna"], home });
    await anna.events.waitFor("staked");
    await anna.program.stop();
    const person = await exportedPerson(home);
    const forger = await connectAs(hub, person);
    expect(refusal(await forger.propose(person, 12.5))).toMatchObject({ code: "POLLUTED_BPM" });
    const { round } = await hub.events.waitFor("slashed", ({ name, kind }) => name === "anna" && kind === "bpm");
    // Until it is recorded, a client that comes back hears of it by the block, as of anybody else's.
    await hub.events.waitFor("block", (block) => block.round >= round);
    forger.ws.close();
    await forger.closed;

    const again = startClient(hub.url, { args: ["--stake", "100", "--name", "anna", "--bpm", "72"], home });
    const { code, message } = await again.events.waitFor("rejected", (event) => event.code === "TOMBSTONED");
    expect({ code, message }).toEqual({
      code: "TOMBSTONED",
      message: "This identity was slashed and can only watch. Take a new one with --name.",
    });
    // Without a name the next free identity is taken, which is not the slashed one.
    const fresh = startClient(hub.url, { args: ["--stake", "100", "--bpm", "72"], home });
    expect((await fresh.events.waitFor("connected")).name).not.toBe("anna");
    await fresh.events.waitFor("winner", ({ you }) => you);
  });
});

describe("an identity", () => {
  it("is a key: its address is the hash of it, and each of 200 made at once is another", async () => {
    const hub = await startHub();
    const people = Array.from({ length: 200 }, () => new Person());
    await Promise.all(people.map((person) => startValidator(hub, 1, person)));

    const { validators } = (await hub.get("/api/validators?limit=1000")) as {
      readonly validators: readonly { readonly address: string; readonly publicKey: string; readonly bonded: number }[];
    };
    expect(new Set(validators.map(({ address }) => address)).size).toBe(200);
    for (const { address, publicKey, bonded } of validators) {
      expect(address).toBe(createHash("sha256").update(Buffer.from(publicKey, "hex")).digest("hex"));
      expect(bonded).toBe(1);
    }
  });

  it("cannot be used without its key", async () => {
    const hub = await startHub();
    const { person } = await startValidator(hub);
    const thief = new Person();
    const client = await connectAs(hub, thief);
    await client.openRound();
    const proposal = person.proposal(hub.chainId, client.slot, 72);

    // Even what its owner did sign is nobody else's to hand in.
    expect(refusal(await client.submit(proposal))).toMatchObject({ code: "NOT_YOUR_KEY", actual: person.publicKey });
    const stolen = { ...proposal, publicKey: thief.publicKey };
    expect(refusal(await client.submit(stolen))).toMatchObject({ code: "UNKNOWN_ACCOUNT" });
    await client.joinAndBond(thief, 100);
    const reply = refusal(await client.submit({ ...stolen, ...slotOf(client.slot) }));
    expect(["BAD_SIGNATURE", "ROUND_CLOSED", "STALE_TIP"]).toContain(reply.code);
  });
});

async function expectOut(client: Awaited<ReturnType<typeof connectAs>>, person: Person): Promise<void> {
  const { account } = await client.ask("account", { type: "account", publicKey: person.publicKey });
  expect(account).toMatchObject({ tombstoned: true, bonded: 0, activating: [], unbonding: [], liquid: 400 });
  expect(refusal(await client.transactNext(person, { type: "bond", amount: 100 }))).toMatchObject({
    code: "TOMBSTONED",
  });
  expect(refusal(await client.transact(person, { type: "join", name: "somebody-new", grant: 1_000 }))).toMatchObject({
    code: "ALREADY_JOINED",
  });
  expect(refusal(await client.propose(person, 72))).toMatchObject({ code: "TOMBSTONED" });
}

/** The key that `pos-client keys export` prints, as a person. */
async function exportedPerson(home: string): Promise<Person> {
  const { stdout } = await run("pos-client", ["keys", "export", "anna"], { home });
  const { name, seed }: { name: string; seed: string } = JSON.parse(stdout);
  return new Person(name, Buffer.from(seed, "hex"));
}

function slotOf({ round, prevHash }: { round: number; prevHash: string }): object {
  return { round, prevHash };
}
