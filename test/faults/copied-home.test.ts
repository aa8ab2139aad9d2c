/** DESIGN §7: a client whose home was copied, restored or shared is never slashed for it. */
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

test("copied to a second machine: the second login is refused and told why, and nobody is slashed", async () => {
  const hub = await startHub();
  const [home, copy] = [temporaryHome(), join(temporaryHome(), "copy")];
  const first = startClient(hub.url, { home, args: ["--stake", "100", "--auto-bpm"] });
  await first.events.waitFor("winner");
  cpSync(home, copy, { recursive: true });
  const { address } = await first.events.waitFor("accepted");
  // On another machine nobody sees the first one's lock.
  const { globSync } = await import("node:fs");
  for (const lock of globSync(join(copy, "**", "*.lock"))) rmSync(lock);
  const second = startClient(hub.url, { home: copy, args: ["--auto-bpm"] });
  const { code, stderr } = await second.program.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/already connected from/);
  const { round } = await first.events.waitFor("winner", (winner) => winner.index > 5);
  const blocks = await hub.blocks();
  expect(slashesIn(blocks)).toEqual([]);
  expect(blocks.filter((block) => block.validator === address).length).toBeGreaterThan(round - 3);
  expect(storyFaults(first, blocks)).toEqual([]);
});

test("restored from an older copy within a round: it takes over what it had proposed, and signs nothing else", async () => {
  const hub = await startHub({ round: "6s" });
  const [home, copy] = [temporaryHome(), join(temporaryHome(), "copy")];
  const staked = startClient(hub.url, { home, args: ["--stake", "100"] });
  await staked.events.waitFor("staked");
  await staked.program.kill();
  cpSync(home, copy, { recursive: true });

  const before = startClient(hub.url, { home, args: ["--bpm", "61"] });
  const { round } = await before.events.waitFor("accepted");
  await before.program.kill();
  // The copy knows nothing of the proposal, and wants to make another one for the same round.
  rmSync(home, { recursive: true });
  cpSync(copy, home, { recursive: true });
  const after = startClient(hub.url, { home, args: ["--bpm", "99"] });
  const winner = await after.events.waitFor("winner");
  expect(winner).toMatchObject({ round, bpm: 61, you: true });
  expect(await after.events.waitFor("accepted", (event) => event.round > round)).toMatchObject({ bpm: 99 });
  expect(slashesIn(await hub.blocks())).toEqual([]);
  figure("copies: a copied, a restored and a shared home, 0 slashed");
});

test("shared by two programs on one machine: the second takes another identity, or says who has this one", async () => {
  const hub = await startHub();
  const home = temporaryHome();
  const first = startClient(hub.url, { home, args: ["--stake", "100", "--auto-bpm"] });
  const { address, name } = await first.events.waitFor("connected");
  const second = startClient(hub.url, { home, args: ["--stake", "100", "--auto-bpm"] });
  expect((await second.events.waitFor("connected")).address).not.toBe(address);
  const third = await run("pos-client", ["--hub", hub.url, "--name", name ?? ""], { home });
  expect(third).toMatchObject({ code: 1, stderr: expect.stringMatching(/process \d+/) });
  await Promise.all([first, second].map(({ events }) => events.waitFor("accepted")));
  expect(slashesIn(await hub.blocks())).toEqual([]);
});
