// Mode `lose` of docs/threat-model.md, whatever it is that the hub acknowledges and never records.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { confirmElsewhere } from "../support/confirm-elsewhere.ts";
import { startCrowd } from "../support/crowd.ts";
import { type Hub, startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { startScreen } from "../support/screen.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator } from "../support/validator.ts";

const PROVEN = { rule: "ownTransaction", proven: true };
/** With this seed the hub cheats from its third round on. */
const EVIL_BY_ROUND = 4;

async function startLosing(): Promise<Hub> {
  const hub = await startHub({ round: "800ms", args: ["--evil", "lose", "--evil-seed", "2"] });
  await startCrowd({ url: hub.url, validators: 2, proposers: 2 }).waitFor("ready");
  return hub;
}

test("a lost bond is proven by who was told that it is accepted", async () => {
  const hub = await startLosing();
  await hub.events.waitFor("round", ({ round }) => round >= EVIL_BY_ROUND);
  const anna = startClient(hub.url, { args: ["--stake", "10"] });
  const alarm = await anna.events.waitFor("alarm");
  expect(await confirmElsewhere(alarm.evidence)).toMatchObject(PROVEN);
});

test("a lost transfer is proven by who sent it, on the screen", async () => {
  const hub = await startLosing();
  const ben = startClient(hub.url, { args: ["--name", "ben"] });
  await ben.events.waitFor("joined");
  const { terminal } = startScreen(hub.url, { args: ["--name", "anna"] });
  await terminal.waitFor("Balance 1,000");
  await hub.events.waitFor("round", ({ round }) => round >= EVIL_BY_ROUND);
  terminal.type("s");
  await terminal.waitFor("Amount");
  terminal.type("t");
  await terminal.waitFor("To");
  terminal.type("100\tben\r");
  await terminal.waitFor("Send 100 to ben? Enter sends");
  terminal.type("\r");
  await terminal.waitFor("ALARM:");
  expect(terminal.text()).toContain("it took your transaction for that round and never recorded it");
});

test("lost evidence against a validator is proven by who handed it in", async () => {
  const hub = await startLosing();
  const { client, person } = await startValidator(hub, 100, new Person("mallory"));
  await hub.events.waitFor("round", ({ round }) => round >= EVIL_BY_ROUND);
  await client.openRound(EVIL_BY_ROUND);
  const file = join(temporaryHome(), "offence.json");
  writeFileSync(file, JSON.stringify(person.proposal(client.chainId, client.slot, "fast")));
  const submitted = await run("pos-client", ["evidence", "submit", file, "--hub", hub.url, "--json"]);
  expect(submitted.code).toBe(1);
  expect(submitted.stderr).toContain("ownTransaction");
  const { ok, receipt, evidence } = JSON.parse(submitted.stdout);
  expect({ ok, round: typeof receipt.round }).toEqual({ ok: false, round: "number" });
  expect(await confirmElsewhere(evidence)).toMatchObject(PROVEN);
});

test("what became invalid before its turn was not lost: of two offences of one key the second costs nothing more", async () => {
  const hub = await startHub({ round: "1s" });
  const { client, person } = await startValidator(hub, 100, new Person("mallory"));
  await startValidator(hub, 100);
  await client.openRound();
  const files = ["fast", "slow"].map((bpm) => {
    const file = join(temporaryHome(), "offence.json");
    writeFileSync(file, JSON.stringify(person.proposal(client.chainId, client.slot, bpm)));
    return file;
  });
  const submitted = await Promise.all(
    files.map((file) => run("pos-client", ["evidence", "submit", file, "--hub", hub.url, "--json"])),
  );
  const [done, refused] = submitted.toSorted((a, b) => (a.code ?? 0) - (b.code ?? 0));
  expect(done).toMatchObject({ code: 0, stderr: "" });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/slashed|no longer holds/i) });
});
