// What the tutorial's program gets wrong, item 1: a stake of 0 or less, then a BPM, and the next draw stops the server
// for everybody ("panic: invalid argument to Intn").
import { describe, expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { connectAs, refusal, startValidator } from "../support/validator.ts";

describe("a stake below 1", () => {
  it.each(["0", "-5", "-0", "0.5"])("is refused at the prompt: --stake=%s", async (stake) => {
    expect(await run("pos-client", [`--stake=${stake}`])).toEqual({
      code: 2,
      stdout: "",
      stderr: `pos-client: --stake must be a whole number from 1 to 9007199254740991, not "${stake}"\n`,
    });
  });

  it.each([0, -5])("is refused by the hub when it is signed and sent all the same: %d", async (amount) => {
    const hub = await startHub();
    const person = new Person();
    const client = await connectAs(hub, person);
    await client.transact(person, { type: "join", name: person.name, grant: 1_000 });

    const reply = refusal(await client.transactNext(person, { type: "bond", amount }));

    expect(reply).toMatchObject({ code: "MALFORMED", path: "amount", actual: String(amount) });
    expect(reply.expected).toContain("1");
  });

  it("takes no part in a draw, whose end is as usual for the others", async () => {
    const hub = await startHub();
    const { person: anna, client } = await startValidator(hub, 100);
    const nobody = new Person();
    const other = await connectAs(hub, nobody);
    await other.transact(nobody, { type: "join", name: nobody.name, grant: 1_000 });

    expect(refusal(await other.propose(nobody, 72))).toMatchObject({ code: "NOT_BONDED" });

    await client.proposeUntilAccepted(anna, 72);
    const block = await client.push("block", (push) => JSON.stringify(push.block).includes(anna.address));
    expect(block.block).toMatchObject({ bpm: 72, validator: anna.address, proposalCount: 1 });
  });
});

it("skips an empty draw: a round without proposals makes no block, and the next one opens", async () => {
  const hub = await startHub({ round: "200ms" });
  const { person, client } = await startValidator(hub);
  // Join and stake are recorded by a block without a winner.
  const recorded = await client.nextBlock();
  expect(recorded).toMatchObject({ index: 1, validator: null, proposalCount: 0, transactionCount: 2 });

  for (let round = recorded.round + 1; round <= recorded.round + 3; round++) {
    const { opening } = await client.push("opening", (push) => push.opening.round === round);
    expect(opening.prevHash).toBe(recorded.hash);
  }
  expect(await hub.get("/api/status")).toMatchObject({ index: 1, tip: recorded.hash });

  await client.proposeUntilAccepted(person, 61);
  expect(await client.nextBlock()).toMatchObject({ index: 2, bpm: 61, validator: person.address });
});
