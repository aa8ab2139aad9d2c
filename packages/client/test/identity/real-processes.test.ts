// DESIGN §10 with real processes: five panes started at once, some killed, restarted in another order.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openIdentities } from "../../src/identity/identities.ts";
import { openIdentitySystem } from "../../src/identity/identity-system.ts";
import { CHAIN, granted, signedEntry } from "../support/identities.ts";
import { startTogether } from "../support/identity-clients.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const panes = (count: number) => Array.from({ length: count }, () => ({}));

it("gives five panes that start at once an identity each, and three that restart theirs in order", async () => {
  const homeDir = temporaryHome();
  const first = await startTogether(homeDir, panes(5));
  const names = first.flatMap((pane) => pane.names);
  expect(names.toSorted()).toEqual(["anna", "anna-2", "anna-3", "anna-4", "anna-5"]);
  expect(new Set(first.map((pane) => pane.publicKey)).size).toBe(5);

  const victims = first.filter(({ names: [name] }) => name !== "anna" && name !== "anna-4");
  await Promise.all(victims.map((pane) => pane.kill()));
  for (const expected of ["anna-2", "anna-3", "anna-5"]) {
    const [pane] = await startTogether(homeDir, panes(1));
    expect(pane?.names).toEqual([expected]);
    expect(pane?.publicKey).toBe(first.find((each) => each.names[0] === expected)?.publicKey);
  }
});

it("gives each of eight panes that start at once on stale locks another identity", async () => {
  const homeDir = temporaryHome();
  const killed = await startTogether(homeDir, panes(4));
  await Promise.all(killed.map((pane) => pane.kill()));
  const restarted = await startTogether(homeDir, panes(8));
  const names = restarted.flatMap((pane) => pane.names);
  expect(names.toSorted()).toEqual(
    ["anna", "anna-2", "anna-3", "anna-4", "anna-5", "anna-6", "anna-7", "anna-8"].toSorted(),
  );
});

it("gives a name to one of five that ask for it at once, and tells the others who has it", async () => {
  const homeDir = temporaryHome();
  const all = await startTogether(
    homeDir,
    panes(5).map(() => ({ name: "zoe" })),
  );
  const winners = all.filter((client) => client.error === undefined);
  expect(winners.map((client) => client.names)).toEqual([["zoe"]]);
  for (const loser of all.filter((client) => client.error !== undefined)) {
    expect(loser.error).toMatchObject({ code: "IDENTITY_IN_USE", name: "zoe", holder: { pid: winners[0]?.pid } });
  }
});

it("keeps panes, named ones and bots apart that start at once", async () => {
  const homeDir = temporaryHome();
  const started = await startTogether(homeDir, [{ bots: 3 }, {}, { name: "zoe" }, { bots: 2 }, {}, { name: "bob" }]);
  const names = started.flatMap((client) => client.names);
  expect(new Set(names).size).toBe(9);
  const bots = [...(started[0]?.names ?? []), ...(started[3]?.names ?? [])];
  expect(bots.toSorted()).toEqual(["bot-1", "bot-2", "bot-3", "bot-4", "bot-5"]);
  expect(started[2]?.names).toEqual(["zoe"]);
});

it("recovers the identity of a client that was killed while it signed, with all that it reported", async () => {
  const homeDir = temporaryHome();
  for (const signFrom of [1, 100_000, 200_000]) {
    const [client] = await startTogether(homeDir, [{ signFrom }]);
    if (client === undefined) throw new Error("none was started");
    await client.saysMore(200);
    const reported = (await client.kill()).filter((line) => "recorded" in line && line.recorded === "ok");
    const rounds = reported.flatMap((line) => ("round" in line ? [Number(line.round)] : []));

    expect(rounds.length).toBeGreaterThanOrEqual(200);

    const identities = openIdentities({ homeDir, chainId: CHAIN, system: openIdentitySystem({ USER: "anna" }) });
    const held = granted(identities.acquire(null));
    expect(held.publicKey).toBe(client.publicKey);
    for (const round of rounds.slice(-1_000)) {
      expect(held.signingRecord.find(`proposal/${round}`)).toEqual(signedEntry(round));
      const other = signedEntry(round, 99);
      expect(held.signingRecord.record(other.slot, other.leaf, other.proposal).ok).toBe(false);
    }
    held.release();
  }
});

it("reports nothing as recorded that does not fit on the disk, and loses nothing that did", async () => {
  const homeDir = temporaryHome();
  const [client] = await startTogether(homeDir, [{ signFrom: 1, signCount: 8, maxFileBlocks: 8 }]);
  if (client === undefined) throw new Error("none was started");
  await client.saysMore(8);
  const answers = (await client.kill()).map((line) => ("recorded" in line ? line.recorded : ""));
  const recorded = answers.indexOf("IDENTITY_STORAGE_FAILED");
  expect(recorded).toBeGreaterThan(0);
  expect(answers.slice(0, recorded)).toEqual(answers.slice(0, recorded).fill("ok"));
  expect(answers.slice(recorded)).not.toContain("ok");

  const identities = openIdentities({ homeDir, chainId: CHAIN, system: openIdentitySystem({ USER: "anna" }) });
  const { signingRecord } = granted(identities.acquire(null));
  for (let round = 1; round <= recorded; round++) {
    expect(signingRecord.find(`proposal/${round}`)).toEqual(signedEntry(round));
  }
  const { slot, leaf, proposal } = signedEntry(9);
  expect(signingRecord.record(slot, leaf, proposal).ok).toBe(true);
});

it("sees that the number of a dead process belongs to another one now", async () => {
  const homeDir = temporaryHome();
  const system = openIdentitySystem({ USER: "anna" });
  const held = granted(openIdentities({ homeDir, chainId: CHAIN, system }).acquire(null));
  const lock = join(homeDir, "identities", CHAIN, `${held.publicKey}.lock`);
  const holder: unknown = JSON.parse(readFileSync(lock, "utf8"));
  writeFileSync(lock, JSON.stringify({ ...Object(holder), startedAt: "long ago" }));
  expect((await startTogether(homeDir, panes(1)))[0]?.publicKey).toBe(held.publicKey);
});

it("sees that a lock is of an earlier start of the machine", async () => {
  const homeDir = temporaryHome();
  const system = openIdentitySystem({ USER: "anna" });
  const held = granted(openIdentities({ homeDir, chainId: CHAIN, system }).acquire(null));
  const lock = join(homeDir, "identities", CHAIN, `${held.publicKey}.lock`);
  const holder: unknown = JSON.parse(readFileSync(lock, "utf8"));
  writeFileSync(lock, JSON.stringify({ ...Object(holder), bootId: "the one before" }));
  expect((await startTogether(homeDir, panes(1)))[0]?.publicKey).toBe(held.publicKey);
});

it("keeps everything for its owner alone", async () => {
  const homeDir = join(temporaryHome(), "config", "pos-client");
  const [client] = await startTogether(homeDir, [{ signFrom: 1 }]);
  await client?.kill();
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  const folder = join(homeDir, "identities", CHAIN);
  for (const each of [homeDir, join(homeDir, "identities"), folder]) expect(modeOf(each), each).toBe(0o700);
  const files = readdirSync(folder);
  expect(files.map((file) => file.replace(/^[0-9a-f]{64}/, "KEY")).toSorted()).toEqual(
    ["KEY.json", "KEY.lock", "KEY.signed.jsonl", "mutex.db"].toSorted(),
  );
  for (const file of files) expect(modeOf(join(folder, file)), file).toBe(0o600);
});
