// A BPM is a whole number in the range that genesis names. Anything else is refused in the client, before anything is
// signed; a BPM that is no integer, signed and sent all the same, burns the stake (DESIGN §7, SPEC §3).
import type { Block } from "pos-shared/model/block.ts";
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { connect, refusal, sealRound, startValidator } from "../support/validator.ts";

it("is refused in the client where it is no whole number, and costs nothing", async () => {
  const hub = await startHub();
  const { events, type } = startClient(hub.url, { args: ["--stake", "100"] });
  await events.waitFor("staked");
  type("72.5");
  expect(await events.waitFor("rejected")).toMatchObject({
    code: "MALFORMED",
    message: 'bpm is wrong: expected a whole number, got "72.5".',
    bpm: "72.5",
  });
  expect(await hub.get("/api/validators")).toMatchObject({ validators: [{ bonded: 100, tombstoned: false }] });
  expect(events.all("proposed")).toEqual([]);
});

it("is refused in the client where it is out of the network's range, which it names", async () => {
  const hub = await startHub();
  const { events, type } = startClient(hub.url, { args: ["--stake", "100"] });
  await events.waitFor("staked");
  type("300");
  expect(await events.waitFor("rejected")).toMatchObject({
    code: "BPM_OUT_OF_RANGE",
    message: "BPM 300 is out of range: enter a whole number from 30 to 220.",
    bpm: 300,
  });
  expect(events.all("proposed")).toEqual([]);
});

it.each([
  ["--bpm", "300", "300"],
  ["--auto-bpm", "10-20", "10 to 20"],
])("for every round out of that range ends the client, exit code 1: %s %s", async (flag, value, asked) => {
  const hub = await startHub();
  const { code, stderr } = await run("pos-client", ["--hub", hub.url, "--stake", "100", flag, value]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `pos-client: This network takes BPMs from 30 to 220, and ${flag} asks for ${asked}.\n`,
  });
});

it.each([
  ["50", "abc\n", 'no BPM was accepted: bpm is wrong: expected a whole number, got "abc".'],
  ["5000", "72\n", "Not enough tokens for 5000: at most 1000."],
])("is a failure where no line was accepted or the stake was refused: --stake %s", async (stake, input, sentence) => {
  const hub = await startHub();
  const { code, stderr } = await run("pos-client", ["--hub", hub.url, "--stake", stake], { input });
  expect({ code, stderr }).toEqual({ code: 1, stderr: `pos-client: ${sentence}\n` });
});

it.each([72.5, "72", "abc", "", "x".repeat(64), null, true, 1e-7])(
  "burns the stake of who signs %j all the same, and the block carries the evidence",
  async (bpm) => {
    const hub = await startHub();
    const witness = await startValidator(hub, 100);
    const { person, client } = await startValidator(hub, 600);
    expect(refusal(await client.propose(person, bpm))).toMatchObject({
      code: "POLLUTED_BPM",
      path: "bpm",
      expected: "an integer",
      actual: JSON.stringify(bpm),
    });
    const told = await witness.client.push("slashed");
    expect(told).toMatchObject({ publicKey: person.publicKey, name: person.name, kind: "bpm", amount: 600 });
    const { block } = await witness.client.push("block", (push) => (push.block as Block).round === told.round);
    expect((block as Block).transactions.at(-1)).toMatchObject({
      type: "slash",
      evidence: { kind: "bpm", proposal: { bpm, publicKey: person.publicKey } },
    });
    expect(await hub.events.waitFor("slashed")).toMatchObject({ name: person.name, kind: "bpm", amount: 600 });
    // The hub and the others go on.
    expect((await sealRound([witness])).validator).toBe(witness.person.address);
  },
);

it.each(["x".repeat(65), [72], { bpm: 72 }])("refuses %j as malformed, and slashes nobody for it", async (bpm) => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub, 600);
  expect(refusal(await client.propose(person, bpm))).toMatchObject({ code: "MALFORMED", path: "bpm" });
  // Nothing is lost: the same round takes the right one.
  const proposal = await client.proposeUntilAccepted(person, 72);
  expect(proposal.bpm).toBe(72);
  expect(await client.ask("account", { type: "account", publicKey: person.publicKey })).toMatchObject({
    account: { bonded: 600, tombstoned: false },
  });
});

it("slashes nobody for a bad BPM that its author did not sign", async () => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub, 600);
  await client.openRound();
  const forged = { ...person.proposal(hub.chainId, client.slot, 72), bpm: "abc" };
  expect(refusal(await client.submit(forged))).toMatchObject({ code: "BAD_SIGNATURE", path: "signature" });
  const evidence = { kind: "bpm", proposal: forged };
  const reply = await client.request({ type: "transact", transaction: { type: "slash", evidence } });
  expect(refusal(reply).code).toBe("BAD_SIGNATURE");
  expect(hub.events.all("slashed")).toEqual([]);
});

it("lets anybody hand the evidence in, logged in or not, and once", async () => {
  const hub = await startHub({ round: "1s" });
  const { person, client } = await startValidator(hub, 600);
  const other = await connect(hub);
  await client.openRound();
  const proposal = person.proposal(hub.chainId, client.slot, "abc");
  const transaction = { type: "slash", evidence: { kind: "bpm", proposal } };
  const first = await other.request({ type: "transact", transaction });
  expect(first.type).toBe("receipted");
  // The same again gets the same receipt; the same offence in another wrapping is told to be known.
  expect(await other.request({ type: "transact", transaction })).toMatchObject({ type: "receipted" });
  const second = person.proposal(hub.chainId, client.slot, "abd");
  const again = await other.request({
    type: "transact",
    transaction: { type: "slash", evidence: { kind: "bpm", proposal: second } },
  });
  expect(refusal(again).code).toBe("ALREADY_SLASHED");
});
