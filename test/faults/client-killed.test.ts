/** DESIGN §7: a signing record is on disk, synced, before anything is sent; so no end of a client makes it equivocate. */
import { expect, test } from "vitest";
import { Chance } from "../support/chance.ts";
import { type Client, startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure, tries } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { startProxy } from "../support/proxy.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const KILLS = tries(15, 200);
const CLIENTS = 4;

test(`${KILLS} times kill -9 of a client: it comes back as itself and is never slashed`, {
  timeout: KILLS * 8_000,
}, async () => {
  const chance = new Chance();
  const hub = await startHub({ round: "250ms" });
  const homes = Array.from({ length: CLIENTS }, () => temporaryHome());
  const start = (home: string) => startClient(hub.url, { home, args: ["--auto-bpm", "--stake", "100"] });
  const running = homes.map(start);
  const addresses = await Promise.all(running.map(async ({ events }) => (await events.waitFor("accepted")).address));
  const ended: Client[] = [];
  for (let kills = 0; kills < KILLS; kills++) {
    await new Promise((resolve) => setTimeout(resolve, chance.between(0, 900)));
    const at = chance.between(0, CLIENTS - 1);
    const [home, client] = [homes[at], running[at]];
    if (home === undefined || client === undefined) throw new Error("no such client");
    await client.program.kill();
    ended.push(client);
    running[at] = start(home);
  }
  for (const [at, { events }] of running.entries()) {
    expect((await events.waitFor("accepted")).address).toBe(addresses[at]);
  }
  const blocks = await hub.blocks();
  expect(slashesIn(blocks)).toEqual([]);
  for (const client of [...ended, ...running]) expect(storyFaults(client, blocks)).toEqual([]);
  const accepted = [...ended, ...running].reduce((sum, { events }) => sum + events.all("accepted").length, 0);
  figure(
    `clients: ${KILLS} kills survived (seed ${chance.seed}), ${blocks.length} blocks, ${accepted} proposals accepted, 0 equivocations`,
  );
});

test("killed between signing and sending, it sends just what it had signed, whatever it is told to propose now", async () => {
  const hub = await startHub({ round: "6s" });
  const proxy = await startProxy(hub.url);
  const home = temporaryHome();
  const staked = startClient(proxy.url, { home, args: ["--stake", "100"] });
  await staked.events.waitFor("staked");
  await staked.program.kill();
  // Let it connect and learn of the next round; what it then signs goes nowhere.
  const first = startClient(proxy.url, { home, args: ["--bpm", "61"] });
  await first.events.waitFor("accepted");
  const { round } = await first.events.waitFor("round", (event) => event.round > 1);
  proxy.change({ silent: ["toHub"] });
  const signed = await first.events.waitFor("proposed", (event) => event.round >= round);
  await first.program.kill();
  proxy.cut();
  proxy.change({});
  proxy.mend();

  const second = startClient(proxy.url, { home, args: ["--bpm", "99"] });
  const accepted = await second.events.waitFor("accepted");
  expect(accepted).toMatchObject({ round: signed.round, bpm: 61 });
  const winner = await second.events.waitFor("winner", (event) => event.round === signed.round);
  expect(winner).toMatchObject({ bpm: 61, you: true });
  expect(await second.events.waitFor("accepted")).toMatchObject({ bpm: 99 });
  expect(slashesIn(await hub.blocks())).toEqual([]);
});
