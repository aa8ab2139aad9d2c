// What is wrong with a proposal, and what becomes of it: refused with a code where it is not provably its author's doing,
// slashed where it is (SPEC §4, DESIGN §7).
import { vrfProve } from "pos-shared/crypto/vrf.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { expect, it } from "vitest";
import { type Hub, startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { connect, connectAs, refusal, sealRound, startValidator, type Validator } from "../support/validator.ts";

it("of another key than the login's is refused", async () => {
  const hub = await startHub();
  const [anna, ben] = [await startValidator(hub), await startValidator(hub)];
  await ben.client.openRound();
  const proposal = anna.person.proposal(hub.chainId, ben.client.slot, 72);
  expect(refusal(await ben.client.submit(proposal))).toMatchObject({
    code: "NOT_YOUR_KEY",
    path: "publicKey",
    expected: ben.person.publicKey,
    actual: anna.person.publicKey,
  });
});

it("of nobody's login is refused", async () => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub);
  await client.openRound();
  const spectator = await connect(hub);
  const proposal = person.proposal(hub.chainId, client.slot, 72);
  expect(refusal(await spectator.submit(proposal))).toMatchObject({ code: "LOGIN_REQUIRED" });
});

it("for a closed round is refused with both rounds, and takes no part in any draw", async () => {
  const hub = await startHub();
  const anna = await startValidator(hub);
  const { round } = await anna.client.openRound();
  const late = anna.person.proposal(hub.chainId, anna.client.slot, 61);
  await anna.client.openRound(round);
  expect(refusal(await anna.client.submit(late))).toMatchObject({ code: "ROUND_CLOSED", actual: String(round) });
  expect((await sealRound([anna])).bpm).toBe(72);
  expect((await hub.blocks()).map(({ bpm }) => bpm)).not.toContain(61);
});

it("for a round that has not opened is refused, on a stale tip too", async () => {
  const hub = await startHub({ round: "1s" });
  const { person, client } = await startValidator(hub);
  const { round } = await client.openRound();
  const early = person.proposal(hub.chainId, { ...client.slot, round: round + 5 }, 72);
  expect(refusal(await client.submit(early))).toMatchObject({
    code: "ROUND_NOT_OPEN",
    expected: String(round),
    actual: String(round + 5),
  });
  const stale = person.proposal(hub.chainId, { ...client.slot, prevHash: "ab".repeat(32) }, 72);
  expect(refusal(await client.submit(stale))).toMatchObject({ code: "STALE_TIP", actual: "ab".repeat(32) });
});

it("that comes twice is answered with the same receipt and counts once", async () => {
  const hub = await startHub({ round: "1s" });
  const { person, client } = await startValidator(hub);
  const { round } = await client.openRound();
  const proposal = person.proposal(hub.chainId, client.slot, 72);
  const [first, second] = [await client.submit(proposal), await client.submit(proposal)];
  expect(first).toMatchObject({ type: "accepted", receipt: { round } });
  expect({ ...second, re: "" }).toEqual({ ...first, re: "" });
  const { block } = await client.push("block", (push) => (push.block as Block).round === round);
  expect(block).toMatchObject({ proposalCount: 1, bpm: 72, validator: person.address });
  expect(hub.events.all("proposal")).toHaveLength(1);
  expect(hub.events.all("slashed")).toEqual([]);
});

it("that is a second, different one burns the stake; the first one is told to be known", async () => {
  const hub = await startHub({ round: "1s" });
  const witness = await startValidator(hub, 100);
  const { person, client } = await startValidator(hub, 600);
  const { round } = await client.openRound();
  const { slot } = client;
  expect((await client.submit(person.proposal(hub.chainId, slot, 72))).type).toBe("accepted");
  expect(refusal(await client.submit(person.proposal(hub.chainId, slot, 73)))).toMatchObject({ code: "EQUIVOCATION" });
  await expectSlashed(hub, witness, person, "equivocation", 600, round);
});

it("with a signature that is not its author's is refused", async () => {
  const hub = await startHub({ round: "1s" });
  const { person, client } = await startValidator(hub);
  await client.openRound();
  const proposal = person.proposal(hub.chainId, client.slot, 72);
  const reply = refusal(await client.submit({ ...proposal, signature: "00".repeat(64) }));
  expect(reply).toMatchObject({ code: "BAD_SIGNATURE", path: "signature" });
  expect((await sealRound([{ person, client }])).validator).toBe(person.address);
});

it("with a false lottery claim burns the stake", async () => {
  const hub = await startHub({ round: "1s" });
  const witness = await startValidator(hub, 100);
  const { person, client } = await startValidator(hub, 900);
  const { round } = await client.openRound();
  // A right proof, but of a roll for something else, as one would choose among many. Alone in the round it is the lowest,
  // and the lowest is looked at.
  const { output, proof } = vrfProve(person.key, Buffer.from("another roll"));
  const reply = await client.submit(person.proposal(hub.chainId, client.slot, 72, { output, proof }));
  expect(reply.type).toBe("accepted");
  await expectSlashed(hub, witness, person, "vrf", 900, round);
  const block = (await hub.blocks()).find((each) => each.round === round);
  expect(block).toMatchObject({ validator: null, bpm: null, proposalCount: 1, draw: { stake: 0, eligibleStake: 0 } });
});

it("without a stake, or without an account, is refused", async () => {
  const hub = await startHub();
  await startValidator(hub);
  const person = new Person();
  const client = await connectAs(hub, person);
  expect(refusal(await client.propose(person, 72))).toMatchObject({
    code: "UNKNOWN_ACCOUNT",
    actual: person.publicKey,
  });
  await client.transact(person, { type: "join", name: person.name, grant: 1_000 });
  expect(refusal(await client.propose(person, 72))).toMatchObject({ code: "NOT_BONDED", actual: "0" });
});

it("where no round is open is refused", async () => {
  const hub = await startHub();
  const person = new Person();
  const client = await connectAs(hub, person);
  await client.transact(person, { type: "join", name: person.name, grant: 1_000 });
  const slot = { round: 1, prevHash: hub.chainId, seed: hub.chainId };
  expect(refusal(await client.submit(person.proposal(hub.chainId, slot, 72)))).toMatchObject({ code: "NO_OPEN_ROUND" });
});

/** Everybody is told, the block of the round carries the evidence, and the identity is out. */
async function expectSlashed(
  hub: Hub,
  witness: Validator,
  { publicKey, name, address }: Person,
  kind: string,
  amount: number,
  round: number,
): Promise<void> {
  expect(await witness.client.push("slashed")).toMatchObject({ publicKey, name, kind, amount, round });
  expect(await hub.events.waitFor("slashed")).toMatchObject({ address, name, kind, amount, round });
  await witness.client.openRound(round);
  const block = (await hub.blocks()).find((each) => each.round === round);
  expect(block?.transactions.at(-1)).toMatchObject({ type: "slash", evidence: { kind } });
  const { proposals } = (await hub.get(`/api/blocks/${block?.index}/proposals`)) as { proposals: readonly Proposal[] };
  // Accepted it was, and stays so: the tree of proposals says what was handed in, not who may win.
  expect(proposals.map((proposal) => proposal.publicKey)).toContain(publicKey);
  expect(await witness.client.ask("account", { type: "account", publicKey })).toMatchObject({
    account: { bonded: 0, tombstoned: true },
  });
}
