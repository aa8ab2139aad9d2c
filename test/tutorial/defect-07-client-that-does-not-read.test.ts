// What the tutorial's program gets wrong, item 7: a client that does not read could send 4.2 MB before it blocked, made
// others hear everything twice, and where nobody read the draw itself stood still.
import { expect, it } from "vitest";
import { type Hub, startHub } from "../support/hub.ts";
import { refusals } from "../support/metrics.ts";
import type { RawClient } from "../support/raw-client.ts";
import { connect, sealRound, startValidator } from "../support/validator.ts";

const ROUNDS = 5;
/** Each is answered with about a kilobyte. */
const REQUESTS = 200;

it("drops a client that asks and never reads, with TOO_SLOW, and draws for the others meanwhile", async () => {
  // No limit of messages: only the backlog is to stop it.
  const hub = await startHub({ args: ["--max-message-rate", "1000000"] });
  const anna = await startValidator(hub);
  const deaf = await connect(hub);
  await deaf.subscribe();
  deaf.ws.pause();

  const flooding = floodUntilDropped(hub, deaf);
  const winners: number[] = [];
  for (let round = 0; round < ROUNDS; round++) winners.push((await sealRound([anna])).index);
  await flooding;

  // Others went on, and heard each block once.
  expect(new Set(winners).size).toBe(ROUNDS);
  const heard = anna.client.blocks.map(({ index }) => index);
  expect(heard).toEqual(heard.map((_, i) => (heard[0] ?? 0) + i));
  // It heard why.
  expect(await deaf.closed).toEqual({ status: 1008, reason: "TOO_SLOW" });
  expect(refusals(await hub.metrics(), "TOO_SLOW")).toBe(1);
  // It may come back at once.
  await (await connect(hub)).subscribe();
});

it("draws on where nobody reads at all", async () => {
  const hub = await startHub({ round: "200ms" });
  const anna = await startValidator(hub);
  const proposal = await anna.client.proposeUntilAccepted(anna.person, 72);
  anna.client.ws.pause();

  // The hub's own lines tell that rounds go on, and that the proposal made its block.
  await hub.events.waitFor("block", (block) => block.round === proposal.round && block.name === anna.person.name);
  await hub.events.waitFor("round", ({ round }) => round === proposal.round + ROUNDS);
});

/** Asks faster than the sockets' own buffers can hold the answers, until the hub has had enough; then reads at last. */
async function floodUntilDropped(hub: Hub, { ws }: RawClient): Promise<void> {
  const request = JSON.stringify({ type: "ping", id: "x", ["y".repeat(1_500)]: 1 });
  while (refusals(await hub.metrics(), "TOO_SLOW") === 0) {
    for (let i = 0; i < REQUESTS; i++) ws.send(request);
  }
  ws.resume();
}
