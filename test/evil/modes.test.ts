import { expect, test } from "vitest";
import { EVIL_MODES } from "../../packages/hub/src/evil/modes.ts";
import { CAUGHT_AS, confirmElsewhere, runEvil } from "../support/evil-run.ts";

const SEEDS = [1, 2];

test.each(EVIL_MODES)("a hub in mode %s is caught by real clients, and anybody confirms it offline", async (mode) => {
  const runs = await Promise.all(SEEDS.map((seed) => runEvil(mode, seed)));
  for (const { alarm } of runs) {
    expect(CAUGHT_AS[mode], JSON.stringify(alarm)).toHaveProperty(alarm.code, alarm.proven);
    const { evidence } = await confirmElsewhere(alarm.evidence);
    expect(evidence).toMatchObject({ rule: alarm.code, proven: alarm.proven });
  }
});
