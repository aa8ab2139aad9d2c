// Names, nonces and grants that do not hold, and what their sender is told (SPEC §3).
import { describe, expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { connectAs, refusal, startValidator } from "../support/validator.ts";

/** Empty, with a space, with control and invisible characters, combining, right to left, too long, a path. */
const ODD_NAMES = [
  "",
  "a b",
  "a\0b",
  "anna\n",
  "<b>anna</b>",
  "an\u200bna",
  "\u202eanna",
  "e\u0301va",
  "anna💰",
  "seventeen-letters",
  "../../etc",
];

describe("a name", () => {
  it("that is taken, in whatever case, is answered with a free one", async () => {
    const hub = await startHub();
    await startValidator(hub, 100, new Person("anna"));
    await startValidator(hub, 100, new Person("anna-2"));
    const person = new Person("Anna");
    const client = await connectAs(hub, person);
    const join = { type: "join", name: "Anna", grant: 1_000 };
    expect(refusal(await client.transact(person, join))).toMatchObject({ code: "NAME_TAKEN", suggestion: "Anna-3" });
    expect((await client.transact(person, { ...join, name: "Anna-3" })).type).toBe("receipted");
  });

  it("that is taken stops the client that asked for just this one, with a free one to take", async () => {
    const hub = await startHub();
    await startValidator(hub, 100, new Person("anna"));
    const { events, program } = startClient(hub.url, { args: ["--stake", "100", "--name", "anna"] });
    expect(await events.waitFor("rejected")).toMatchObject({
      code: "NAME_TAKEN",
      message: "The name anna is taken. Free: --name anna-2.",
    });
    program.endInput();
    await program.ended;
    expect(await hub.get("/api/validators")).toMatchObject({ total: 1 });
  });

  it("of a client that asked for none is made free by itself", async () => {
    const hub = await startHub();
    await startValidator(hub, 100, new Person("tester"));
    const { events } = startClient(hub.url, { args: ["--stake", "100"] });
    expect((await events.waitFor("staked")).name).toMatch(/^tester-\d+$/);
  });

  it("with odd characters is refused by the hub and at the prompt", async () => {
    const hub = await startHub();
    const person = new Person();
    const client = await connectAs(hub, person);
    for (const name of ODD_NAMES) {
      const reply = refusal(await client.transact(person, { type: "join", name, grant: 1_000 }));
      expect(reply).toMatchObject({ code: "MALFORMED", path: "name" });
      // No argument of a program can hold a zero.
      if (name.includes("\0")) continue;
      const { code, stdout, stderr } = await run("pos-client", ["--hub", hub.url, `--name=${name}`]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^pos-client: --name must be 1 to 16 letters, digits, _ or -, not .+\n$/);
    }
    expect(hub.events.all("joined")).toEqual([]);
  });

  it("in a script of the alphabet is taken", async () => {
    const hub = await startHub();
    for (const name of ["anna", "Élodie", "Ωmega", "Дмитрий", "さくら", "李小龍", "김철수", "a_b-9"]) {
      const person = new Person(name);
      const { client: own } = await startValidator(hub, 100, person);
      expect((await own.ask("account", { type: "account", publicKey: person.publicKey })).account).toMatchObject({
        name,
      });
    }
    const { events } = startClient(hub.url, { args: ["--stake", "100", "--name", "Zoë"] });
    expect(await events.waitFor("staked")).toMatchObject({ name: "Zoë" });
  });
});

describe("a transaction", () => {
  it.each([0, 1, 3, 2 ** 40])("with the nonce %d instead of 2 is refused with both", async (nonce) => {
    const hub = await startHub();
    const { person, client } = await startValidator(hub);
    expect(refusal(await client.transact(person, { type: "bond", amount: 1, nonce }))).toMatchObject({
      code: "WRONG_NONCE",
      expected: "2",
      actual: String(nonce),
    });
    expect((await client.transact(person, { type: "bond", amount: 1, nonce: 2 })).type).toBe("receipted");
  });

  it("that is handed in again is not done again: while it waits the same receipt, later its nonce is used up", async () => {
    const hub = await startHub({ round: "500ms" });
    const { person, client } = await startValidator(hub);
    const transaction = person.transaction(hub.chainId, { type: "unbond", amount: 10, nonce: 2 });
    const request = { type: "transact", transaction };
    const { receipt } = await client.ask("receipted", request);
    const again = await client.request(request);
    if (again.type === "receipted") expect(again.receipt).toEqual(receipt);
    else expect(refusal(again).code).toBe("WRONG_NONCE");
    await client.openRound(receipt.round);
    expect(refusal(await client.request(request))).toMatchObject({ code: "WRONG_NONCE", expected: "3", actual: "2" });
    expect(await client.ask("account", { type: "account", publicKey: person.publicKey })).toMatchObject({
      account: { bonded: 90, unbonding: [{ amount: 10 }] },
    });
  });

  it("of another key, with a changed field, or of another network is refused", async () => {
    const hub = await startHub();
    const [anna, ben] = [await startValidator(hub), await startValidator(hub)];
    const bond = { type: "bond", amount: 1, nonce: 2 };
    const transact = (transaction: object) => anna.client.request({ type: "transact", transaction });
    const own = anna.person.transaction(hub.chainId, bond);
    expect(refusal(await transact(ben.person.transaction(hub.chainId, bond)))).toMatchObject({ code: "NOT_YOUR_KEY" });
    expect(refusal(await transact({ ...own, amount: 900 }))).toMatchObject({ code: "BAD_SIGNATURE" });
    const foreign = anna.person.transaction("ab".repeat(32), bond);
    expect(refusal(await transact(foreign))).toMatchObject({ code: "BAD_SIGNATURE" });
    expect(refusal(await transact({ ...own, memo: "hi" }))).toMatchObject({ code: "MALFORMED", path: "memo" });
    expect(refusal(await transact({ type: "mint", amount: 5 }))).toMatchObject({ code: "MALFORMED", path: "type" });
    expect((await transact(own)).type).toBe("receipted");
  });

  it("that joins with another grant than the faucet's, or twice, is refused", async () => {
    const hub = await startHub();
    const person = new Person();
    const client = await connectAs(hub, person);
    const join = { type: "join", name: person.name };
    expect(refusal(await client.transact(person, { ...join, grant: 1_001 }))).toMatchObject({
      code: "WRONG_GRANT",
      expected: "1000",
      actual: "1001",
    });
    expect((await client.transact(person, { ...join, grant: 1_000 })).type).toBe("receipted");
    const second = refusal(await client.transact(person, { ...join, name: "other", grant: 1_000 }));
    expect(second).toMatchObject({ code: "ALREADY_JOINED" });
  });

  it("that sends to nobody is refused with the address", async () => {
    const hub = await startHub();
    const { person, client } = await startValidator(hub);
    const to = "ab".repeat(32);
    expect(refusal(await client.transactNext(person, { type: "transfer", to, amount: 1 }))).toMatchObject({
      code: "UNKNOWN_RECIPIENT",
      actual: to,
    });
  });
});
