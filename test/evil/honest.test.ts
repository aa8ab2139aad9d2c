// No false alarm: an honest hub is never suspected, whatever happens to it, to its clients and to the lines between them.
import { expect, test } from "vitest";
import { Chance } from "../support/chance.ts";
import { type Client, startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure, tries } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { Latecomer } from "../support/latecomer.ts";
import { startProxy } from "../support/proxy.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const ROUNDS = tries(40, 1_000);
const LATECOMERS = 3;
/** Something happens every so many rounds. */
const CALM = { least: 2, most: 10 };
/** As long as a round, so that whole rounds are missed. */
const SLOW_MS = [0, 40, 120, 250] as const;

const EVENTS = ["hubKills", "clientKills", "cuts", "delays"] as const;

const VALIDATOR = ["--auto-bpm", "--stake", "100"];
const BOTS = ["--bots", "4", "--auto-bpm", "--stake", "50"];

test(`${ROUNDS} honest rounds with kills, reconnects, late and repeated proposals raise no alarm`, {
  timeout: ROUNDS * 2_000 + 60_000,
}, async () => {
  const chance = new Chance();
  const home = temporaryHome();
  let hub = await startHub({ home, round: "200ms" });
  const { url } = hub;
  const [near, far] = [await startProxy(url), await startProxy(url)];
  const machine = temporaryHome();
  // Two panes of one machine, bots and a spectator behind a line of their own, one that is never disturbed.
  const seats = [
    { url: near.url, home: machine, args: VALIDATOR },
    { url: near.url, home: machine, args: VALIDATOR },
    { url: far.url, home: temporaryHome(), args: BOTS },
    { url: far.url, home: temporaryHome(), args: ["--spectate"] },
    { url, home: temporaryHome(), args: VALIDATOR },
  ];
  const running = seats.map((seat) => startClient(seat.url, seat));
  const ended: Client[] = [];
  const latecomers = Array.from({ length: LATECOMERS }, () => new Latecomer(url));
  const runs = latecomers.map((latecomer) => latecomer.run());
  await Promise.all(running.map(({ events }) => events.waitFor("block")));

  const happened = { hubKills: 0, clientKills: 0, cuts: 0, delays: 0 };
  for (let index = 0, turn = 0; index < ROUNDS; turn++) {
    const due = index + chance.between(CALM.least, CALM.most);
    const [proxy, other] = chance.next() < 0.5 ? [near, far] : [far, near];
    const what = EVENTS[turn % EVENTS.length] ?? "cuts";
    happened[what] += 1;
    if (what === "hubKills") {
      await hub.kill();
      hub = await startHub({ home, round: "200ms", args: ["--port", new URL(url).port] });
    } else if (what === "clientKills") {
      const at = chance.between(0, seats.length - 2);
      const [seat, client] = [seats[at], running[at]];
      if (seat === undefined || client === undefined) throw new Error("no such client");
      await client.program.kill();
      ended.push(client);
      running[at] = startClient(seat.url, seat);
    } else if (what === "cuts") {
      proxy.cut();
    } else {
      proxy.change({ delayMs: chance.pick(SLOW_MS) });
    }
    ({ index } = await hub.events.waitFor("block", (block) => block.index >= due));
    proxy.mend();
    other.mend();
  }

  for (const latecomer of latecomers) latecomer.stop();
  await Promise.all(runs);
  for (const proxy of [near, far]) proxy.change({});
  const blocks = await hub.blocks();
  expect(slashesIn(blocks)).toEqual([]);
  for (const client of [...ended, ...running]) expect(storyFaults(client, blocks)).toEqual([]);
  for (const { complaints } of latecomers) expect(complaints).toEqual([]);
  const verified = await run("pos-client", ["verify", "--full", url, "--json"]);
  expect(verified).toMatchObject({ code: 0, stderr: "" });
  const sum = (of: (client: Client) => number) => [...ended, ...running].reduce((total, each) => total + of(each), 0);
  const [repeated, late] = [
    latecomers.reduce((total, each) => total + each.repeated, 0),
    latecomers.reduce((total, each) => total + each.late, 0),
  ];
  expect(Math.min(repeated, late)).toBeGreaterThan(0);
  figure(
    `honest: ${blocks.length} rounds of 200 ms (chance ${chance.seed}), ${happened.hubKills} kills of the hub, ${happened.clientKills} of clients, ` +
      `${happened.cuts} cut lines, ${happened.delays} changes of delay, ${sum(({ events }) => events.all("reconnected").length)} reconnects, ` +
      `${repeated} proposals sent three times, ${late} after the close, ${sum(({ events }) => events.all("accepted").length)} accepted; 0 alarms`,
  );
});
