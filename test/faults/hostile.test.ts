/** Strangers do their worst; meanwhile honest rounds close on time and honest proposals are accepted. */
import { expect, test } from "vitest";
import { ATTACKS } from "../support/attacks.ts";
import { figure, isLong, percentile, tries } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { refusals } from "../support/metrics.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator, type Validator } from "../support/validator.ts";

const ROUNDS = tries(3, 30);
/** The issue's own figure: a round's block is durable so long after its announced close, at most. */
const MAX_LATENESS_MS = 150;

test.each(Object.entries(ATTACKS))("%s", async (name, attack) => {
  const hub = await startHub({ home: temporaryHome(), round: "700ms" });
  const honest: [Validator, ...Validator[]] = [
    await startValidator(hub),
    await startValidator(hub),
    await startValidator(hub),
  ];
  await attack(hub);
  const [{ client: first }] = honest;
  let accepted = 0;
  let asked = 0;
  // Not in the round that is open already: it may be about to close.
  let { round } = await first.openRound();
  for (let rounds = 0; rounds < ROUNDS; rounds++) {
    ({ round } = await first.openRound(round));
    const { slot } = first;
    const replies = await Promise.all(
      honest.map(({ client, person }) => client.submit(person.proposal(client.chainId, slot, 72))),
    );
    asked += replies.length;
    accepted += replies.filter(({ type }) => type === "accepted").length;
  }
  await first.openRound(round);
  const lateness = hub.events.all("block").map(({ round, time }) => {
    const closesAt = hub.events.all("round").find((event) => event.round === round)?.closesAt ?? time;
    return Date.parse(time) - Date.parse(closesAt);
  });
  const [p50, worst] = [percentile(lateness, 50), Math.max(...lateness)];
  figure(
    `hostile: ${name}: ${ROUNDS} rounds, ${accepted}/${asked} honest proposals accepted, closes late by ${p50} ms (p50), ${worst} ms (worst)`,
  );
  // The flood was one: the hub had to refuse most of it.
  if (name.includes("messages a second")) expect(refusals(await hub.metrics(), "RATE_LIMITED")).toBeGreaterThan(100);
  expect(accepted).toBe(asked);
  // The short form runs beside other tests on the same processors, which may take one for a moment.
  expect(isLong ? worst : p50).toBeLessThanOrEqual(MAX_LATENESS_MS);
  expect(hub.program.stderr).toBe("");
});
