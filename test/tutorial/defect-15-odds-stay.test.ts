// What the tutorial's program gets wrong, item 15: an attacker with 10 of 100 tokens decided by timing, and by how many
// of its connections propose, who wins: 147 of 200 draws were its own.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fastDraws } from "../support/fast-draws.ts";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { connect, connectAs, startValidator } from "../support/validator.ts";

const STAKES = [100, 300, 600];
const ROUND = "1s";

it("has the same winner in the same round, whatever the order, the timing, the connections and who else proposes", async () => {
  const people = STAKES.map((_, i) => new Person(`v-${i}`));
  const home = temporaryHome();
  const first = await startHub({ home, round: ROUND });
  await Promise.all(people.map((person, i) => startValidator(first, STAKES[i], person)));
  await first.events.waitFor("block");
  await first.stop();
  const lastRound = first.events.all("round").at(-1)?.round ?? 0;

  // The same network at the same moment, three times over: what differs is what an attacker can do.
  const playedWith = (how: Arrangement) => play(home, people, lastRound + 6, how);
  const usual = await playedWith({ order: [0, 1, 2], isOneByOne: false, idleConnections: 0 });
  const winner = people.findIndex(({ address }) => address === usual.validator);
  const [other = 0] = [0, 1, 2].filter((position) => position !== winner);
  const arranged = await Promise.all([
    playedWith({ order: [2, 1, 0], isOneByOne: true, idleConnections: 30 }),
    // One of the losers keeps out.
    playedWith({ order: [other, winner], isOneByOne: true, idleConnections: 0 }),
  ]);

  for (const block of arranged) {
    expect(block.round).toBe(usual.round);
    expect(block.draw.seed).toBe(usual.draw.seed);
    expect(block.draw.beacon).toEqual(usual.draw.beacon);
    expect(block.validator).toBe(usual.validator);
    // Another time of the close is no other draw.
    expect(block.timestamp).not.toBe(usual.timestamp);
  }
});

it("gives 10 tokens of 100 their tenth, on one connection or on ten", () => {
  const draws = 4_000;
  const wins = (stakes: readonly number[], own: number) => fastDraws(stakes, draws).filter((at) => at < own).length;
  // Four standard deviations of a binomial distribution; the original's attacker had 147 of 200, here that were 2,940.
  const allowed = 4 * Math.sqrt(draws * 0.1 * 0.9);
  expect(Math.abs(wins([10, 90], 1) - draws / 10)).toBeLessThan(allowed);
  expect(Math.abs(wins([...Array(10).fill(1), 90], 10) - draws / 10)).toBeLessThan(allowed);
});

interface Arrangement {
  /** Who proposes, in which order. */
  readonly order: readonly number[];
  /** Each waits for the answer to the one before. */
  readonly isOneByOne: boolean;
  readonly idleConnections: number;
}

/** Plays one round on a copy of a network's data. Answers its block. */
async function play(home: string, people: readonly Person[], round: number, how: Arrangement) {
  const copy = temporaryHome();
  cpSync(join(home, "data"), join(copy, "data"), { recursive: true });
  const hub = await startHub({ home: copy, round: ROUND });
  const clients = await Promise.all(people.map((person) => connectAs(hub, person)));
  await Promise.all(Array.from({ length: how.idleConnections }, () => connect(hub)));
  const proposers = how.order.map((position) => {
    const [person, client] = [people[position], clients[position]];
    if (person === undefined || client === undefined) throw new Error("nobody has this position");
    return { person, client };
  });
  const [{ client: watcher } = { client: undefined }] = proposers;
  if (watcher === undefined) throw new Error("somebody has to propose");

  expect((await watcher.openRound(round - 1)).round).toBe(round);
  const { slot } = watcher;
  const proposals = proposers.map(({ person, client }) => ({
    client,
    proposal: person.proposal(hub.chainId, slot, 72),
  }));
  const replies = [];
  for (const { client, proposal } of proposals) {
    const reply = client.submit(proposal);
    replies.push(reply);
    if (how.isOneByOne) await reply;
  }
  expect((await Promise.all(replies)).map(({ type }) => type)).toEqual(how.order.map(() => "accepted"));
  const block = await watcher.nextBlock();
  expect(block.proposalCount).toBe(how.order.length);
  return block;
}
