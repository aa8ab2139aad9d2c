// What the tutorial's program gets wrong, item 6: announcements lie on one queue from which every connection ever made
// takes, the dead ones too. With 10 silent connections each of 10 validators saw 8 of 15 winners.
import { expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { connect, connectAs, startValidator, type Validator } from "../support/validator.ts";

const WINNERS = 8;

it.each([
  { live: 10, silent: 10, gone: 10 },
  { live: 10, silent: 40, gone: 40 },
  { live: 1, silent: 0, gone: 1 },
])("tells $live validators each winner once, beside $silent silent and $gone dead connections", async (crowd) => {
  const hub = await startHub({ round: "300ms" });
  const live = await Promise.all(Array.from({ length: crowd.live }, () => startValidator(hub)));
  for (let i = 0; i < crowd.silent; i++) await connect(hub);
  for (let i = 0; i < crowd.gone; i++) {
    // Gone before they staked, after it, and after having proposed.
    const one = i % 3 === 0 ? await connectAs(hub, new Person()) : (await startValidator(hub)).client;
    one.ws.terminate();
    await one.closed;
  }
  // Somebody new hears of winners, too, from the moment of subscribing.
  const from = ((await hub.get("/api/status")) as { index: number }).index + 2;

  const proposers = live.slice(0, 3);
  await Promise.all([...proposers.map(keepProposing), ...live.map(({ client }) => client.block(from + WINNERS))]);

  const wanted = (await hub.blocks()).slice(from - 1, from - 1 + WINNERS).map(({ index, hash }) => `${index} ${hash}`);
  expect(wanted).toHaveLength(WINNERS);
  for (const { client } of live) {
    const heard = client.blocks.filter(({ index }) => index >= from && index < from + WINNERS);
    expect(heard.map(({ index, hash }) => `${index} ${hash}`)).toEqual(wanted);
    expect(heard.every(({ validator }) => validator !== null)).toBe(true);
  }

  async function keepProposing({ person, client }: Validator): Promise<void> {
    while ((client.blocks.at(-1)?.index ?? 0) < from + WINNERS) {
      const { round } = await client.openRound();
      await client.propose(person, 72);
      await client.openRound(round);
    }
  }
});
