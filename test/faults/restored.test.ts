/** DESIGN §9: a hub restored from an older backup never seals an index twice; it takes back what it lost, or stops. */
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit } from "../support/audit.ts";
import { startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure } from "../support/form.ts";
import { type Hub, startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator } from "../support/validator.ts";

const BOTS = ["--bots", "3", "--auto-bpm", "--stake", "100"];

const dataIn = (home: string): string => join(home, "data", "pos-hub");

/** Puts a backup in the place of a hub's data, as docs/operating.md says. */
function putBack(home: string, backup: string): void {
  rmSync(dataIn(home), { recursive: true });
  cpSync(backup, dataIn(home), { recursive: true });
}

const portOf = (hub: Hub): readonly string[] => ["--port", new URL(hub.url).port];

test("blocks, the unfinished round and its receipts come back from a client, and the chain goes on", {
  timeout: 90_000,
}, async () => {
  const home = temporaryHome();
  const backup = join(temporaryHome(), "copy");
  const hub = await startHub({ home, round: "1s" });
  const bots = startClient(hub.url, { args: BOTS });
  await hub.events.waitFor("block", ({ index }) => index >= 2);
  expect(await run("pos-hub", ["backup", backup], { home })).toMatchObject({ code: 0 });
  const { index } = await hub.events.waitFor("block", ({ index }) => index >= 5);
  // In the middle of a round: its proposals have receipts, and no block has them yet.
  const { round } = await hub.events.waitFor("proposal", (event) => event.round > index);
  await hub.kill();
  const lost = bots.events.all("block").at(-1)?.index ?? 0;
  putBack(home, backup);

  const again = await startHub({ home, round: "1s", args: [...portOf(hub), "--recover", "5s"] });
  const recovering = await again.events.waitFor("recovering");
  expect(recovering.index).toBeLessThan(lost);
  expect((await fetch(`${again.http}/healthz`)).status).toBe(503);
  const recovered = await again.events.waitFor("recovered");
  expect(recovered.blocks).toBe(lost - recovering.index);
  await bots.events.waitFor("block", (block) => block.round > round + 1);
  const blocks = await again.blocks();
  // The round in which the hub was lost was sealed with what it had given receipts for.
  expect(blocks.map((block) => block.round)).toContain(round);
  expect(storyFaults(bots, blocks)).toEqual([]);
  expect(slashesIn(blocks)).toEqual([]);
  expect((await fetch(`${again.http}/healthz`)).status).toBe(200);
  await again.stop();
  expect(await run("pos-hub", ["verify"], { home })).toMatchObject({ code: 0 });
  figure(
    `restored: ${recovered.blocks} blocks taken back from a client, ${blocks.length} in the end, no index sealed twice`,
  );
});

test("where nobody gives back what a client has shown, the hub stops instead of going on", async () => {
  const home = temporaryHome();
  const backup = join(temporaryHome(), "copy");
  const hub = await startHub({ home });
  const clientHome = temporaryHome();
  const anna = startClient(hub.url, { home: clientHome, args: ["--auto-bpm", "--stake", "100"] });
  await hub.events.waitFor("block", ({ index }) => index >= 2);
  await run("pos-hub", ["backup", backup], { home });
  await anna.events.waitFor("block", ({ index }) => index >= 5);
  // A client that was started again knows its last block, and has no others to give.
  await anna.program.stop();
  await hub.kill();
  putBack(home, backup);
  const again = await startHub({ home, args: [...portOf(hub), "--recover", "2s"] });
  startClient(again.url, { home: clientHome });
  const { code, stderr } = await again.program.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/A client knows block \d+, which this hub sealed and no longer has/);
  expect(again.events.all("block")).toEqual([]);
});

test("a backup from which nothing is missing goes on by itself", async () => {
  const home = temporaryHome();
  const backup = join(temporaryHome(), "copy");
  const hub = await startHub({ home });
  const { client } = await startValidator(hub);
  await client.nextBlock();
  await hub.stop();
  await run("pos-hub", ["backup", backup], { home });
  const again = await startHub({ home, args: ["--data", backup, "--recover", "1s"] });
  startClient(again.url, { args: ["--auto-bpm", "--stake", "10"] });
  await again.events.waitFor("recovered", ({ blocks }) => blocks === 0);
  await again.events.waitFor("block");
  expect((await audit(again, [])).wrong).toEqual([]);
  await again.stop();
  // From then on it is data as any other.
  const third = await startHub({ home, args: ["--data", backup] });
  await third.events.waitFor("round");
  expect(third.events.all("recovering")).toEqual([]);
});

test("an older copy that was put in place by other means is noticed at the start", async () => {
  const home = temporaryHome();
  const hub = await startHub({ home });
  const { client } = await startValidator(hub);
  await client.nextBlock();
  await hub.stop();
  const older = join(temporaryHome(), "chain.db");
  cpSync(join(dataIn(home), "chain.db"), older);
  const next = await startHub({ home });
  await startValidator(next);
  await next.events.waitFor("block");
  await next.stop();
  cpSync(older, join(dataIn(home), "chain.db"));
  const started = await run("pos-hub", ["--port", "0"], { home });
  expect(started).toMatchObject({ code: 1, stderr: expect.stringMatching(/lacks .*--recover/) });
});
