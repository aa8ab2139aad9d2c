// What the tutorial's program gets wrong, item 9: the draw looks each proposal up among all tokens, repeats included.
// With 500 validators sending without pause a draw each second became one every two seconds.
import { expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { startValidator, type Validator } from "../support/validator.ts";

const ROUND_MS = 2_000;
const VALIDATORS = 50;
const ROUNDS = 2;
const BILLION = 1_000_000_000;

it("closes each round on its announced time while 50 validators with a billion tokens each send without pause", async () => {
  const hub = await startHub({
    round: `${ROUND_MS}ms`,
    args: ["--faucet", "unlimited", "--max-message-rate", "1000000"],
  });
  const validators = await Promise.all(
    Array.from({ length: VALIDATORS }, async () => startValidator(hub, BILLION, undefined, BILLION)),
  );
  const [first] = validators;
  if (first === undefined) throw new Error("nobody is there");
  const { round: start } = await first.client.openRound(first.client.opening?.round);

  const sent = await Promise.all(validators.map((validator) => sendWithoutPause(validator, start + ROUNDS)));

  const blocks = (await hub.blocks()).filter(({ round }) => round >= start && round < start + ROUNDS);
  expect(blocks).toHaveLength(ROUNDS);
  for (const { draw, proposalCount } of blocks) {
    // All took part, each once, however often it repeated itself.
    expect(proposalCount).toBe(VALIDATORS);
    expect(draw.eligibleStake).toBeGreaterThanOrEqual(VALIDATORS * BILLION);
  }
  expect(sent.reduce((sum, count) => sum + count)).toBeGreaterThan(2 * VALIDATORS * ROUNDS);
  // No round was put off: their closes lie one round apart to the millisecond.
  const closes = blocks.map(({ timestamp }) => Date.parse(timestamp));
  expect(closes.map((ms) => ms - (closes[0] ?? 0))).toEqual(closes.map((_, i) => i * ROUND_MS));
});

/** One after the other, as fast as answers come, until a round opens. Answers how many it sent. */
async function sendWithoutPause({ person, client }: Validator, until: number): Promise<number> {
  let sent = 0;
  for (let { round } = await client.openRound(); round < until; { round } = await client.openRound()) {
    const proposal = person.proposal(client.chainId, client.slot, 72);
    while (client.opening?.round === round) {
      await client.submit(proposal);
      sent += 1;
    }
  }
  return sent;
}
