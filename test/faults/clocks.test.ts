/** DESIGN §7, §9: intervals go by the monotonic clock, timestamps never go back, clients estimate the hub's clock. */
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const HOUR_MS = 3_600_000;
const STAKED = ["--auto-bpm", "--stake", "100"];

/** Milliseconds between the timestamps of blocks that follow each other. */
function steps(blocks: readonly { readonly timestamp: string }[]): number[] {
  const times = blocks.map(({ timestamp }) => Date.parse(timestamp));
  return times.slice(1).map((time, i) => time - (times[i] ?? 0));
}

test("the hub's clock jumps forwards and back by an hour: rounds close on time, timestamps do not jump", async () => {
  const clock = shiftedClock();
  const hub = await startHub({ env: clock.env });
  const anna = startClient(hub.url, { args: STAKED });
  for (const shiftMs of [HOUR_MS, -HOUR_MS, 0]) {
    const { index } = await anna.events.waitFor("winner");
    clock.set(shiftMs);
    await anna.events.waitFor("winner", (winner) => winner.index >= index + 3);
  }
  const blocks = await hub.blocks();
  expect(storyFaults(anna, blocks)).toEqual([]);
  for (const ms of steps(blocks)) expect(ms).toBeGreaterThanOrEqual(300);
  expect(Math.max(...steps(blocks))).toBeLessThan(HOUR_MS / 2);
  figure(`clock: hub jumped +1 h, −1 h and back while running, ${blocks.length} blocks, 0 rounds lost`);
});

test("a hub started again with its clock an hour behind, then an hour ahead, goes on; no timestamp goes back", async () => {
  const clock = shiftedClock();
  const home = temporaryHome();
  let hub = await startHub({ home, env: clock.env });
  const anna = startClient(hub.url, { args: STAKED });
  const args = ["--port", new URL(hub.url).port];
  for (const shiftMs of [-HOUR_MS, HOUR_MS, 0]) {
    const { index } = await anna.events.waitFor("winner");
    clock.set(shiftMs);
    await hub.kill();
    hub = await startHub({ home, args, env: clock.env });
    await anna.events.waitFor("winner", (winner) => winner.index >= index + 2);
  }
  const blocks = await hub.blocks();
  expect(storyFaults(anna, blocks)).toEqual([]);
  for (const ms of steps(blocks)) expect(ms).toBeGreaterThanOrEqual(0);
});

test.each(["300ms", "2h"])(
  "a hub started again with rounds of %s keeps the announced close of the hour's round that was open, and the time",
  async (round) => {
    const home = temporaryHome();
    const first = await startHub({ home, round: "1h" });
    startClient(first.url, { args: STAKED });
    await first.events.waitFor("round");
    const before = await first.get("/api/status");
    await first.kill();
    const second = await startHub({ home, round });
    expect(await second.get("/api/status")).toEqual(before);
    for (const { time } of second.events.all("listening")) expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
  },
);

test.each([HOUR_MS, -HOUR_MS])(
  "a client whose clock is off by %i ms proposes in every round all the same",
  async (shiftMs) => {
    const hub = await startHub({ round: "1s" });
    const { env } = shiftedClock(shiftMs);
    const anna = startClient(hub.url, { env, args: STAKED });
    const { round } = await anna.events.waitFor("accepted");
    await anna.events.waitFor("winner", (winner) => winner.round >= round + 4);
    const blocks = await hub.blocks();
    const rounds = blocks.map((block) => block.round).filter((sealed) => sealed >= round);
    // Each round from its first on has a block, which it won alone.
    expect(rounds).toEqual(rounds.map((_, i) => round + i));
    expect(storyFaults(anna, blocks)).toEqual([]);
    expect(slashesIn(blocks)).toEqual([]);
  },
);
