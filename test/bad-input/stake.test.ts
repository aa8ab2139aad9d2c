// A stake is a whole number from 1 to the balance. What is refused changes nothing, and says what there is.
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { connectAs, refusal, startValidator } from "../support/validator.ts";

it.each(["0", "-5", "0.5", "1e3", "all", "9007199254740992", ""])(
  "is refused at the prompt: --stake=%s",
  async (text) => {
    const { code, stdout, stderr } = await run("pos-client", [`--stake=${text}`]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^pos-client: --stake must be a whole number from 1 to 9007199254740991, not ".*"\n$/);
  },
);

it("is refused above the balance with what there is, and the client goes on", async () => {
  const hub = await startHub();
  const { events, program } = startClient(hub.url, { args: ["--stake", "5000"] });
  const { code, message } = await events.waitFor("rejected");
  expect({ code, message }).toEqual({
    code: "INSUFFICIENT_FUNDS",
    message: "Not enough tokens for 5000: at most 1000.",
  });
  expect(await hub.get("/api/validators")).toMatchObject({ validators: [{ liquid: 1_000, bonded: 0 }] });
  // It is still there: without a stake its BPM is refused, and it says why.
  program.write("72\n");
  expect(await events.waitFor("rejected")).toMatchObject({
    code: "NOT_BONDED",
    message: "Nothing is staked, so there is nothing to draw with. Stake first, for example with --stake 100.",
  });
});

it("tops up and never unbonds", async () => {
  const hub = await startHub();
  const home = temporaryHome();
  const play = async (stake: string) => {
    const { events, program } = startClient(hub.url, { args: ["--stake", stake], home });
    const staked = await events.waitFor("staked");
    await program.stop();
    return { bonded: staked.bonded, liquid: staked.liquid };
  };
  expect(await play("100")).toEqual({ bonded: 100, liquid: 900 });
  expect(await play("250")).toEqual({ bonded: 250, liquid: 750 });
  expect(await play("50")).toEqual({ bonded: 250, liquid: 750 });
});

it.each([
  { what: "0", fields: { type: "bond", amount: 0 }, code: "MALFORMED", path: "amount" },
  { what: "a negative amount", fields: { type: "bond", amount: -5 }, code: "MALFORMED", path: "amount" },
  { what: "a fraction", fields: { type: "bond", amount: 0.5 }, code: "MALFORMED", path: "amount" },
  { what: "a text", fields: { type: "bond", amount: "100" }, code: "MALFORMED", path: "amount" },
  { what: "more than 2^53-1", fields: { type: "bond", amount: 2 ** 53 }, code: "MALFORMED", path: "amount" },
  { what: "more than there is", fields: { type: "bond", amount: 901 }, code: "INSUFFICIENT_FUNDS" },
  { what: "to unbond more than is bonded", fields: { type: "unbond", amount: 101 }, code: "INSUFFICIENT_FUNDS" },
  {
    what: "to send more than there is",
    fields: { type: "transfer", amount: 901, to: new Person().address },
    code: "UNKNOWN_RECIPIENT",
  },
])("is refused by the hub where it is $what: $code", async ({ fields, ...fault }) => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub, 100);
  const { what: _, ...expected } = fault;
  expect(refusal(await client.transactNext(person, fields))).toMatchObject(expected);
  expect(await client.ask("account", { type: "account", publicKey: person.publicKey })).toMatchObject({
    account: { liquid: 900, bonded: 100, unbonding: [], nonce: 2 },
  });
});

it("needs an account first", async () => {
  const hub = await startHub();
  const person = new Person();
  const client = await connectAs(hub, person);
  expect(refusal(await client.transactNext(person, { type: "bond", amount: 1 }))).toMatchObject({
    code: "UNKNOWN_ACCOUNT",
  });
});
