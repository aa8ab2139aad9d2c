/** DESIGN §9: reconnect resumes at the last known index, nothing missed, nothing twice; a slow line is not a dead one. */
import type { Block } from "pos-shared/model/block.ts";
import { expect, test } from "vitest";
import { Chance } from "../support/chance.ts";
import { type Client, startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure, isLong, tries } from "../support/form.ts";
import { type Hub, startHub } from "../support/hub.ts";
import { type Proxy as Line, startProxy } from "../support/proxy.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const STAKED = ["--auto-bpm", "--stake", "100"];
const CUTS = tries(10, 100);
/** The short form has better lines and shorter rounds. */
const DELAY_MS = tries(600, 2_000);
const BYTES_PER_SECOND = tries(3_000, 1_000);
const ROUND = tries(2, 7);

/** Anna at the end of a line that gets bad, and Ben beside the hub, who keeps the chain growing. */
async function annaAndBen(round: string): Promise<{ hub: Hub; proxy: Line; anna: Client; ben: Client }> {
  const hub = await startHub({ round, home: temporaryHome() });
  const proxy = await startProxy(hub.url);
  const [anna, ben] = [startClient(proxy.url, { args: STAKED }), startClient(hub.url, { args: STAKED })];
  await Promise.all([anna, ben].map(({ events }) => events.waitFor("accepted")));
  return { hub, proxy, anna, ben };
}

async function expectWell(hub: Hub, ...clients: readonly Client[]): Promise<readonly Block[]> {
  const blocks = await hub.blocks();
  for (const client of clients) expect(storyFaults(client, blocks)).toEqual([]);
  expect(slashesIn(blocks)).toEqual([]);
  return blocks;
}

test(`connections cut ${CUTS} times at random moments: each client still hears every block once`, {
  timeout: CUTS * 6_000,
}, async () => {
  const { hub, proxy, anna, ben } = await annaAndBen("300ms");
  const chance = new Chance();
  for (let cuts = 0; cuts < CUTS; cuts++) {
    await new Promise((resolve) => setTimeout(resolve, chance.between(0, 500)));
    proxy.cut();
    proxy.mend();
    await anna.events.waitFor("reconnected");
  }
  const { round } = await anna.events.waitFor(
    "accepted",
    (event) => event.round > (ben.events.all("accepted").at(-1)?.round ?? 0),
  );
  await anna.events.waitFor("block", (block) => block.round >= round);
  const blocks = await expectWell(hub, anna, ben);
  figure(`lines: ${CUTS} cuts survived (seed ${chance.seed}), ${blocks.length} blocks heard once each`);
});

test(`a line that delays everything by ${DELAY_MS} ms: proposals are in time, where a round is longer than the way there and back`, async () => {
  const { hub, proxy, anna, ben } = await annaAndBen(`${ROUND}s`);
  proxy.change({ delayMs: DELAY_MS });
  const { round } = await anna.events.waitFor("accepted", (event) => event.round > 1);
  await anna.events.waitFor("block", (block) => block.round >= round);
  expect(anna.events.all("disconnected")).toEqual([]);
  await expectWell(hub, anna, ben);
});

test(`a line of ${BYTES_PER_SECOND} bytes/s: slow, but no round of its own is wrong, and it is not put out while it takes what it is sent`, async () => {
  const { hub, proxy, anna, ben } = await annaAndBen(`${ROUND}s`);
  proxy.change({ bytesPerSecond: BYTES_PER_SECOND });
  const from = anna.events.all("accepted").at(-1)?.round ?? 0;
  const { round } = await anna.events.waitFor("accepted", (event) => event.round > from);
  await anna.events.waitFor("block", (block) => block.round >= round);
  expect(anna.events.all("disconnected")).toEqual([]);
  await expectWell(hub, anna, ben);
});

test.runIf(isLong)(
  "a half-open connection: the client notices, comes back over a new one, and has missed nothing",
  {
    timeout: 90_000,
  },
  async () => {
    const { hub, proxy, anna, ben } = await annaAndBen("1s");
    const before = proxy.connections();
    proxy.change({ silent: ["toHub", "toClients"] });
    await anna.events.waitFor("disconnected");
    proxy.change({});
    await anna.events.waitFor("reconnected");
    expect(proxy.connections()).toBeGreaterThan(before);
    const seen = ben.events.all("block").at(-1)?.index ?? 0;
    await anna.events.waitFor("block", ({ index }) => index > seen);
    await anna.events.waitFor("accepted", ({ round }) => round > seen);
    await expectWell(hub, anna, ben);
  },
);
