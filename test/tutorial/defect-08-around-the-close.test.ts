// What the tutorial's program gets wrong, item 8: a proposal made during a draw got its prompt and vanished.
import type { Proposal } from "pos-shared/model/proposal.ts";
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { type Hub, startHub } from "../support/hub.ts";
import { startValidator, type Validator } from "../support/validator.ts";

const VALIDATORS = 24;
/** Between two proposals, so that they lie on both sides of the close. */
const APART_MS = 8;

it("takes a proposal that comes around the close into this round or the next, and says which", async () => {
  const hub = await startHub({ round: "600ms" });
  const validators = await Promise.all(Array.from({ length: VALIDATORS }, () => startValidator(hub)));
  const codes = new Set<string>();
  // Until some were in time and some were not: then the close lay among them.
  while (codes.size < 2) for (const code of await proposeAroundTheClose(hub, validators)) codes.add(code);
  expect(codes).toEqual(new Set(["accepted", "ROUND_CLOSED"]));
});

it("has the client tell the round of each BPM, whenever it was typed", async () => {
  const hub = await startHub({ round: "200ms" });
  const client = startClient(hub.url, { args: ["--stake", "100"] });
  await client.events.waitFor("staked");
  const bpms = Array.from({ length: 8 }, (_, i) => 60 + i);
  for (const bpm of bpms) {
    client.type(String(bpm));
    // The next one is typed when this one has its answer: at any moment of a round, the close included.
    const { round } = await client.events.waitFor("accepted", (event) => event.bpm === bpm);
    await client.events.waitFor("winner", (winner) => winner.round === round && winner.bpm === bpm && winner.you);
  }
});

/** Sends proposals of one round from shortly before its close to shortly after it. Answers what each was told. */
async function proposeAroundTheClose(hub: Hub, validators: readonly Validator[]): Promise<readonly string[]> {
  const [first] = validators;
  if (first === undefined) throw new Error("nobody proposes");
  const { round, closesAt } = await first.client.openRound(first.client.opening?.round);
  const { slot } = first.client;
  const signed = validators.map(({ person }) => person.proposal(hub.chainId, slot, 72));
  const outcomes = await Promise.all(
    validators.map(async ({ person, client }, i) => {
      const proposal = signed[i] ?? {};
      await at(Date.parse(closesAt) + (i - VALIDATORS / 2) * APART_MS);
      const reply = await client.submit(proposal);
      if (reply.type === "accepted") {
        expect(reply.receipt.round).toBe(round);
        return { round, person, code: "accepted" };
      }
      // Told which round it missed, it goes into the next one.
      expect(reply).toMatchObject({ type: "error", code: "ROUND_CLOSED", actual: String(round) });
      const late: Proposal = await client.proposeUntilAccepted(person, 73);
      return { round: late.round, person, code: "ROUND_CLOSED" };
    }),
  );

  await first.client.openRound(Math.max(...outcomes.map((outcome) => outcome.round)));
  const recorded = await proposersByRound(hub);
  for (const { round: told, person } of outcomes) expect(recorded.get(told)).toContain(person.publicKey);
  return outcomes.map(({ code }) => code);
}

/** Waits for a moment; it is the input of this test. */
function at(epochMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, epochMs - Date.now()));
}

async function proposersByRound(hub: Hub): Promise<ReadonlyMap<number, readonly string[]>> {
  const rounds = (await hub.blocks()).map(async ({ index, round }) => {
    const { proposals } = (await hub.get(`/api/blocks/${index}/proposals`)) as { proposals: readonly Proposal[] };
    return [round, proposals.map(({ publicKey }) => publicKey)] as const;
  });
  return new Map(await Promise.all(rounds));
}
