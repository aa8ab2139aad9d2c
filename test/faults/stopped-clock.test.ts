/** SIGSTOP and SIGCONT: a machine that falls asleep and wakes up. Interrupted rounds are sealed late, never twice. */
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure, tries } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator } from "../support/validator.ts";

const ASLEEP_MS = tries(3_000, 20_000);
const STAKED = ["--auto-bpm", "--stake", "100"];

test(`the hub sleeps for ${ASLEEP_MS / 1_000} s: it seals the round it was in, and goes on`, {
  timeout: 90_000,
}, async () => {
  const hub = await startHub({ home: temporaryHome() });
  const anna = startClient(hub.url, { args: STAKED });
  const { client } = await startValidator(hub);
  await anna.events.waitFor("winner");
  hub.program.child.kill("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, ASLEEP_MS));
  const told = client.blocks.length;
  hub.program.child.kill("SIGCONT");
  const { round } = await anna.events.waitFor("accepted", (event) => event.round > told + 3);
  await anna.events.waitFor("winner", (winner) => winner.round >= round);
  const blocks = await hub.blocks();
  expect(storyFaults(anna, blocks)).toEqual([]);
  expect(slashesIn(blocks)).toEqual([]);
  figure(`sleep: hub stopped for ${ASLEEP_MS / 1_000} s, ${blocks.length} blocks, 0 lost`);
});

test(`a client sleeps for ${ASLEEP_MS / 1_000} s: it hears of all that it slept through, and proposes again`, {
  timeout: 90_000,
}, async () => {
  const hub = await startHub();
  const [anna, ben] = [startClient(hub.url, { args: STAKED }), startClient(hub.url, { args: STAKED })];
  await Promise.all([anna, ben].map(({ events }) => events.waitFor("winner")));
  anna.program.child.kill("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, ASLEEP_MS));
  anna.program.child.kill("SIGCONT");
  const last = ben.events.all("block").at(-1)?.round ?? 0;
  const { round } = await anna.events.waitFor("accepted", (event) => event.round > last);
  await anna.events.waitFor("block", (block) => block.round >= round);
  const blocks = await hub.blocks();
  for (const client of [anna, ben]) expect(storyFaults(client, blocks)).toEqual([]);
  expect(slashesIn(blocks)).toEqual([]);
});
