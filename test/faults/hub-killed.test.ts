/** DESIGN §3: persist, then acknowledge, then broadcast. So whatever a hub has said stays true, whenever it is killed. */
import { expect, test } from "vitest";
import { audit } from "../support/audit.ts";
import { Chance } from "../support/chance.ts";
import { startClient } from "../support/client.ts";
import { storyFaults } from "../support/client-story.ts";
import { figure, tries } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { Witness } from "../support/witness.ts";

const KILLS = tries(15, 200);
const WITNESSES = 14;
/** Real clients with bots beside them: 20 validators in all. */
const CLIENTS = 2;
const BOTS = 3;
/** Now and then a hub does not live to listen. */
const EARLY_KILLS = 0.1;

test(`${KILLS} times kill -9 of a hub under load: nothing acknowledged is lost or changed`, {
  timeout: KILLS * 8_000,
}, async () => {
  const chance = new Chance();
  const home = temporaryHome();
  let hub = await startHub({ home });
  const { url } = hub;
  const again = { home, args: ["--port", new URL(url).port] };
  const witnesses = Array.from({ length: WITNESSES }, () => new Witness(() => url));
  const running = witnesses.map((witness) => witness.run());
  const clients = Array.from({ length: CLIENTS }, () =>
    startClient(url, { args: ["--bots", `${BOTS}`, "--auto-bpm", "--stake", "50"] }),
  );
  await Promise.all(clients.map(({ events }) => events.waitFor("winner")));

  let early = 0;
  for (let kills = 0; kills < KILLS; kills++) {
    await new Promise((resolve) => setTimeout(resolve, chance.between(0, 1_200)));
    await hub.kill();
    if (chance.next() < EARLY_KILLS) {
      early += 1;
      const unborn = startHub(again);
      setTimeout(() => void unborn.then(({ kill }) => kill()), 0);
      await (await unborn.catch(() => undefined))?.kill();
    }
    hub = await startHub(again);
  }

  for (const witness of witnesses) witness.stop();
  await Promise.all(running);
  const lastRound = Math.max(...witnesses.map(({ lastRound }) => lastRound));
  await hub.events.waitFor("block", ({ round }) => round > lastRound);
  const { wrong, blocks } = await audit(hub, witnesses);
  expect(wrong).toEqual([]);
  for (const client of clients) expect(storyFaults(client, blocks)).toEqual([]);
  const acknowledged = witnesses.reduce(
    (sum, { proposals, transactions }) => sum + proposals.length + transactions.length,
    0,
  );
  figure(
    `hub: ${KILLS + early} kills survived (${early} more at the start, seed ${chance.seed}), ` +
      `${blocks.length} blocks, ${acknowledged} acknowledgements of ${WITNESSES} witnesses kept, 0 lost, 0 changed, 0 slashed`,
  );
});
