// What the tutorial's program gets wrong, item 14: its generator is seeded with the Unix second. Who knew stakes and
// order computed 2,046 of 2,050 winners before their draw, and all servers drew with the same number.
import { createHash } from "node:crypto";
import { vrfVerify } from "pos-shared/crypto/vrf.ts";
import { alphaOf } from "pos-shared/lottery/alpha.ts";
import { compareEntries, drawEntry } from "pos-shared/lottery/entry.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { expect, it } from "vitest";
import { type Hub, startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { sealRound, startValidator, type Validator } from "../support/validator.ts";

const STAKES = [100, 200, 700] as const;

it("tells nobody before the close what the winner depends on, and lets anybody check the draw after it", async () => {
  const hub = await startHub({ round: "500ms" });
  const validators = await startThree(hub);
  const heard: string[] = [];
  validators[0].client.ws.on("message", (data) => heard.push(data.toString()));
  const block = await sealRound(validators);
  const { proposals } = (await hub.get(`/api/blocks/${block.index}/proposals`)) as { proposals: readonly Proposal[] };
  expect(proposals).toHaveLength(STAKES.length);

  // Before: the hub's roll of this round stands in nothing that it sent.
  const before = heard.slice(
    0,
    heard.findIndex((text) => text.includes(block.hash)),
  );
  expect(before.length).toBeGreaterThan(0);
  expect(before.filter((text) => text.includes(block.draw.beacon.output))).toEqual([]);

  // And all that was known, the rolls of all validators included, leaves it open who wins: any of them may.
  const possible = Array.from({ length: 300 }, (_, i) => {
    const beacon = createHash("sha512").update(`another roll ${i}`).digest("hex");
    return winnerWith(hub.chainId, beacon, proposals, validators);
  });
  expect(new Set(possible)).toEqual(new Set(validators.map(({ person }) => person.publicKey)));

  // After: the roll is the only one that the hub's key in genesis yields, and it makes this winner.
  const { genesis } = await hub.genesisAndRule();
  const { output, proof } = block.draw.beacon;
  expect(vrfVerify(genesis.hub, alphaOf(hub.chainId, block.round, block.draw.seed), proof)).toBe(output);
  expect(winnerWith(hub.chainId, output, proposals, validators)).toBe(block.proposal?.publicKey);
});

it("draws differently on two hubs that draw the same stakes of the same people at the same time", async () => {
  const people = STAKES.map((_, i) => new Person(`v-${i}`));
  const hubs = await Promise.all([startHub({ round: "500ms" }), startHub({ round: "500ms" })]);
  const draws = await Promise.all(hubs.map(async (hub) => (await sealRound(await startThree(hub, people))).draw));
  const [first, second] = draws;
  expect(first?.eligibleStake).toBe(second?.eligibleStake);
  expect(first?.seed).not.toBe(second?.seed);
  expect(first?.beacon.output).not.toBe(second?.beacon.output);
});

type Three = readonly [Validator, Validator, Validator];

async function startThree(hub: Hub, people = STAKES.map(() => new Person())): Promise<Three> {
  const [first, second, third] = await Promise.all(STAKES.map((stake, i) => startValidator(hub, stake, people[i])));
  if (first === undefined || second === undefined || third === undefined) throw new Error("there are three stakes");
  return [first, second, third];
}

/** Who has the lowest score with this roll of the hub (SPEC §5). */
function winnerWith(
  chainId: string,
  beacon: Block["draw"]["beacon"]["output"],
  proposals: readonly Proposal[],
  validators: readonly Validator[],
): string | undefined {
  const entries = proposals.map((proposal) => {
    const at = validators.findIndex(({ person }) => person.publicKey === proposal.publicKey);
    return drawEntry(chainId, beacon, proposal, STAKES[at] ?? 0);
  });
  return entries.sort(compareEntries)[0]?.proposal.publicKey;
}
