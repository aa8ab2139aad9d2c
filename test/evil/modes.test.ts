// docs/threat-model.md: each way of cheating is caught as its table says, by real clients over sockets.
import { expect, test } from "vitest";
import { EVIL_MODES, type EvilMode } from "../../packages/hub/src/evil/modes.ts";
import { Chance } from "../support/chance.ts";
import { confirmElsewhere } from "../support/confirm-elsewhere.ts";
import { evilFaults } from "../support/evil-faults.ts";
import { runEvil } from "../support/evil-run.ts";
import { figure, isLong } from "../support/form.ts";

const chance = new Chance();
/** The short ones make the block of mode `early` bear another time, and close early by the clock. */
const SEEDS = isLong ? Array.from({ length: 10 }, () => chance.between(0, 2 ** 31)) : [3, 5];
/** A round that ends early must have been noticed before it should have ended. */
const ROUND: Readonly<Partial<Record<EvilMode, string>>> = { early: "1s" };
const MODES = EVIL_MODES.filter((mode): mode is Exclude<EvilMode, "fork"> => mode !== "fork");

test.each(MODES)(
  "a hub in mode %s is caught when and as it must be, and anybody confirms it offline",
  {
    timeout: SEEDS.length * 30_000,
  },
  async (mode) => {
    const codes = new Map<string, number>();
    let confirmed = 0;
    // Two at a time, so that rounds are as short as they are said to be.
    for (let at = 0; at < SEEDS.length; at += 2) {
      const runs = await Promise.all(SEEDS.slice(at, at + 2).map((seed) => runEvil(mode, seed, ROUND[mode])));
      for (const run of runs) {
        expect(await evilFaults(run), `seed ${run.seed}`).toEqual([]);
        for (const { alarm } of run.caught) {
          codes.set(alarm.code, (codes.get(alarm.code) ?? 0) + 1);
          const { code: rule, index, proven } = alarm;
          const { chainId } = run.hub;
          expect(await confirmElsewhere(alarm.evidence)).toMatchObject({
            rule,
            index,
            proven,
            chainId,
            needsChain: null,
          });
          confirmed += 1;
        }
        for (const { program } of [run.hub, ...run.clients]) await program.kill();
      }
    }
    const named = [...codes].map(([code, count]) => `${code} ${count}`).join(", ");
    figure(
      `${mode}: ${SEEDS.length} of ${SEEDS.length} seeds caught in the round of the first deed (${named} alarms; chance ${chance.seed}), ${confirmed} files of evidence confirmed elsewhere`,
    );
  },
);
