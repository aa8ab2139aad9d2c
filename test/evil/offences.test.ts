// Evidence against a validator can be handed in by anybody, who gets the hub's receipt (DESIGN §7, SPEC §3).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator } from "../support/validator.ts";

function fileOf(value: unknown): string {
  const file = join(temporaryHome(), "offence.json");
  writeFileSync(file, JSON.stringify(value));
  return file;
}

test.each([
  ["a polluted block", "bpm"],
  ["equivocation", "equivocation"],
  ["a false claim", "vrf"],
] as const)("%s is handed in, receipted and recorded, and costs its author the stake", async (_, kind) => {
  const hub = await startHub();
  const { client, person } = await startValidator(hub, 100, new Person("mallory"));
  const { chainId } = client;
  await client.openRound();
  const { slot } = client;
  const honest = person.proposal(chainId, slot, 72);
  const offence = {
    bpm: person.proposal(chainId, slot, "fast"),
    equivocation: [honest, person.proposal(chainId, slot, 73)],
    vrf: person.proposal(chainId, slot, 72, { ...honest.claim, output: "ab".repeat(64) }),
  }[kind];
  const submitted = await run("pos-client", ["evidence", "submit", fileOf(offence), "--hub", hub.url, "--json"]);
  expect(submitted).toMatchObject({ code: 0, stderr: "" });
  const { receipt, index } = JSON.parse(submitted.stdout);
  const block = (await hub.blocks())[index - 1];
  expect(block?.round).toBe(receipt.round);
  expect(block?.transactions.at(-1)).toMatchObject({ type: "slash", evidence: { kind } });
  expect(hub.events.all("slashed")).toMatchObject([{ name: "mallory", kind, amount: 100 }]);
});

test("what is no offence is refused before it is sent, and what is no evidence too", async () => {
  const hub = await startHub();
  const { client, person } = await startValidator(hub, 100);
  await client.openRound();
  const honest = person.proposal(client.chainId, client.slot, 72);
  const same = await run("pos-client", ["evidence", "submit", fileOf([honest, honest]), "--hub", hub.url]);
  expect(same).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("it proves nothing") });
  const forged = { ...person.proposal(client.chainId, client.slot, "fast"), round: 9 };
  const tampered = await run("pos-client", ["evidence", "submit", fileOf(forged), "--hub", hub.url]);
  expect(tampered).toMatchObject({ code: 1, stderr: expect.stringContaining("signed by its author") });
  const other = await run("pos-client", ["evidence", "submit", fileOf({ a: 1 }), "--hub", hub.url]);
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("holds no evidence against a validator") });
});
