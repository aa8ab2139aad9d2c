// What the tutorial's program does well, and what stays: thousands of validators hear a winner within some tens of
// milliseconds of each other, none of them missed, none twice. POS_LONG=1 takes the reference's 4,000.
import { expect, it } from "vitest";
import { startCrowd } from "../support/crowd.ts";
import { startHub } from "../support/hub.ts";

const IS_LONG = process.env.POS_LONG === "1";
const VALIDATORS = IS_LONG ? 4_000 : 1_000;
const WINNERS = 3;

it(`tells ${VALIDATORS} validators each winner once, all at about the same time`, { timeout: 300_000 }, async () => {
  const hub = await startHub({ round: "1s" });
  const crowd = startCrowd({ url: hub.url, validators: VALIDATORS, proposers: 10 });
  await crowd.waitFor("ready");

  const spreads: number[] = [];
  while (spreads.length < WINNERS) {
    const { index, messages, validators, spreadMs } = await crowd.waitFor("heard");
    const [block] = ((await hub.get(`/api/blocks?from=${index}&limit=1`)) as { blocks: { proposalCount: number }[] })
      .blocks;
    // Those that carried the last stakes may have begun before everybody listened.
    if (block === undefined || block.proposalCount === 0) continue;
    expect({ index, messages, validators }).toEqual({ index, messages: VALIDATORS, validators: VALIDATORS });
    spreads.push(spreadMs);
  }
  process.stdout.write(
    `${VALIDATORS} validators: first to last announcement ${spreads.map((ms) => `${ms.toFixed(1)} ms`).join(", ")}\n`,
  );
});
