// What the tutorial's program gets wrong, items 3 and 23: stakes in a map that all connections write without a lock.
// With 200 validators joining at once it died ten times out of ten.
import { expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { connect } from "../support/validator.ts";

const AT_ONCE = 500;

interface ValidatorsPage {
  readonly total: number;
  readonly validators: readonly { readonly name: string; readonly liquid: number; readonly bonded: number }[];
}

it("answers 500 who join at the same moment, and counts every token once", async () => {
  const hub = await startHub({ round: "1s" });
  const people = Array.from({ length: AT_ONCE }, (_, i) => new Person(`v-${i}`));

  await Promise.all(
    people.map(async (person, i) => {
      const client = await connect(hub);
      // Requests are not waited for: they go out in one burst, from everybody.
      const replies = [
        client.logIn(person),
        client.transact(person, { type: "join", name: person.name, grant: 1_000 }),
        client.transactNext(person, { type: "bond", amount: i + 1 }),
        client.ask("validators", { type: "validators", from: 0, limit: 10 }),
      ];
      expect((await Promise.all(replies)).map(({ type }) => type)).toEqual([
        "welcome",
        "receipted",
        "receipted",
        "validators",
      ]);
    }),
  );

  const { total, validators } = (await hub.get("/api/validators")) as ValidatorsPage;
  expect(total).toBe(AT_ONCE);
  // Nobody's stake was overwritten by somebody else's, and none was counted twice.
  expect(new Map(validators.map(({ name, liquid, bonded }) => [name, `${liquid} ${bonded}`]))).toEqual(
    new Map(people.map(({ name }, i) => [name, `${1_000 - i - 1} ${i + 1}`])),
  );
  expect(hub.events.all("joined")).toHaveLength(AT_ONCE);
});
