// Above 64 proposals a draw is not checked in full by everybody: SPEC §7's depth `spot`, and docs/threat-model.md.
import type { Block } from "pos-shared/model/block.ts";
import { FULL_CHECK_PROPOSALS } from "pos-shared/model/limits.ts";
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { confirmElsewhere } from "../support/confirm-elsewhere.ts";
import { startCrowd } from "../support/crowd.ts";
import { evilFaults } from "../support/evil-faults.ts";
import { figure, isLong, tries } from "../support/form.ts";
import { type Hub, startHub } from "../support/hub.ts";

const MANY = FULL_CHECK_PROPOSALS + 6;
/** Long enough for all of them to join before the hub cheats. */
const ROUND = "3s";
const SPECTATORS = tries(0, 2);

async function blockOf(hub: Hub, index: number): Promise<Block> {
  return (await hub.get(`/api/blocks/${index}`)) as Block;
}

test(`with ${MANY} proposals and more a hidden winner is caught by the cheated one with the block, and by spot checks`, {
  timeout: 300_000,
}, async () => {
  const hub = await startHub({ round: ROUND, args: ["--evil", "second", "--evil-seed", "1"] });
  const crowd = startCrowd({ url: hub.url, validators: MANY, proposers: MANY });
  await crowd.waitFor("ready");
  // With nearly all the stake it has the best score in nearly every round.
  const anna = startClient(hub.url, { args: ["--stake", "1000", "--bpm", "70"] });
  const alarm = await anna.events.waitFor("alarm");
  expect(alarm).toMatchObject({ code: "ownScore", proven: true });
  const block = await blockOf(hub, alarm.index);
  expect(block.proposalCount).toBeGreaterThan(FULL_CHECK_PROPOSALS);
  expect(anna.events.all("block").filter(({ index }) => index >= block.index)).toEqual([]);
  expect(await confirmElsewhere(alarm.evidence)).toMatchObject({ rule: "ownScore", proven: true });
  figure(`second: with ${block.proposalCount} proposals the cheated one caught it with the block`);
  for (let i = 0; i < SPECTATORS; i++) {
    const spectator = startClient(hub.url, { args: ["--spectate"] });
    const seen = await spectator.events.waitFor("alarm");
    expect(seen).toMatchObject({ code: "draw", proven: true });
    expect(await confirmElsewhere(seen.evidence)).toMatchObject({ rule: "draw", proven: true });
    const looked = spectator.events.all("block").filter(({ verified }) => verified === "spot").length + 1;
    figure(`second: a spectator's spot checks caught it in block ${looked} of those that it looked at`);
  }
});

test(`with ${MANY} bots of one process any of them that is left out is missed with the block`, {
  timeout: 120_000,
}, async () => {
  for (const seed of isLong ? [1, 2, 3, 4, 5] : [1]) {
    const hub = await startHub({ round: ROUND, args: ["--evil", "drop", "--evil-seed", `${seed}`] });
    const bots = startClient(hub.url, { args: ["--bots", `${MANY}`, "--stake", "10", "--auto-bpm"] });
    const { round } = await hub.events.waitFor("evil");
    const alarm = await bots.events.waitFor("alarm");
    const caught = [{ client: bots, alarm }];
    expect(await evilFaults({ mode: "drop", seed, hub, round, clients: [bots], caught })).toEqual([]);
    expect((await blockOf(hub, alarm.index)).proposalCount).toBeGreaterThanOrEqual(FULL_CHECK_PROPOSALS);
    expect(await confirmElsewhere(alarm.evidence)).toMatchObject({ rule: alarm.code, proven: true });
    figure(`drop: one of ${MANY} bots left out, caught with the block as ${alarm.code}`);
    for (const { program } of [hub, bots]) await program.kill();
  }
});
