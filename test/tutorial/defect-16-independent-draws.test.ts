// What the tutorial's program gets wrong, item 16: draws within one second are the same draw, and those of seconds that
// follow each other are linked.
import { expect, it } from "vitest";
import { chiSquare, fastDraws } from "../support/fast-draws.ts";
import { startHub } from "../support/hub.ts";
import { sealRound, startValidator } from "../support/validator.ts";

const STAKES = [10, 20, 70];
const SHARES = STAKES.map((stake) => stake / 100);
const DRAWS = 20_000;

it("rolls anew for each of several draws within one second", async () => {
  const hub = await startHub({ round: "200ms" });
  const anna = await startValidator(hub);
  const blocks = [];
  for (let i = 0; i < 10; i++) blocks.push(await sealRound([anna]));

  const seconds = blocks.map(({ timestamp }) => timestamp.slice(0, 19));
  expect(new Set(seconds).size).toBeLessThan(blocks.length);
  expect(new Set(blocks.map(({ draw }) => draw.seed)).size).toBe(blocks.length);
  expect(new Set(blocks.map(({ draw }) => draw.beacon.output)).size).toBe(blocks.length);
  expect(new Set(blocks.map(({ proposal }) => proposal?.claim.output)).size).toBe(blocks.length);
});

it("lets stakes of 10, 20 and 70 win as often as their shares say, and each draw be no hint to the next", () => {
  const winners = fastDraws(STAKES, DRAWS);
  const wins = STAKES.map((_, position) => winners.filter((winner) => winner === position).length);
  // 0.1 % of honest lotteries are further off: 13.8 with two degrees of freedom, 18.5 with four.
  expect(
    chiSquare(
      wins,
      SHARES.map((share) => share * DRAWS),
    ),
  ).toBeLessThan(13.8);
  // One draw on, and as far as the original's seeds were found linked.
  for (const lag of [1, 2, 31]) {
    const pairs = winners.slice(lag).map((winner, i) => 3 * (winners[i] ?? 0) + winner);
    const counts = Array.from({ length: 9 }, (_, pair) => pairs.filter((each) => each === pair).length);
    const expected = counts.map(
      (_, pair) => (((wins[Math.floor(pair / 3)] ?? 0) * (wins[pair % 3] ?? 0)) / DRAWS ** 2) * pairs.length,
    );
    expect(chiSquare(counts, expected)).toBeLessThan(18.5);
  }
});
