// Mode `fork` of docs/threat-model.md: seen when two clients compare, and when one comes back to the other half.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Chance } from "../support/chance.ts";
import { confirmElsewhere } from "../support/confirm-elsewhere.ts";
import { type AlarmEvent, type ForkRun, runFork, startForked } from "../support/evil-run.ts";
import { figure, isLong } from "../support/form.ts";
import type { Hub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const chance = new Chance();
const SEEDS = isLong ? Array.from({ length: 10 }, () => chance.between(0, 2 ** 31)) : [3, 5];
/** Every other connection is led to the other half; a cut line may come first. */
const MOST_RECONNECTS = 6;

test("a forked hub is caught by the panes of one machine", { timeout: SEEDS.length * 30_000 }, async () => {
  for (const seed of SEEDS) {
    const home = temporaryHome();
    const { hub, pair } = await runFork(seed, [home, home]);
    for (const { client } of pair) await expectProof(await client.events.waitFor("alarm"), hub, seed);
    for (const { program } of [hub, ...pair.map(({ client }) => client)]) await program.kill();
  }
  tell("by both panes of a machine, which compare by themselves", 2);
});

test("a forked hub is caught by two people who compare, and by who comes back", {
  timeout: SEEDS.length * 40_000,
}, async () => {
  let reconnects = 0;
  for (const seed of SEEDS) {
    const forked = await runFork(seed, [temporaryHome(), temporaryHome()]);
    const { hub, round, pair } = forked;
    for (const { client } of pair) await client.events.waitFor("block", (block) => block.round > round);
    const compared = await confirmElsewhere(await compareBoth(forked));
    expect(compared, `seed ${seed}`).toMatchObject({ rule: "blocks", proven: true, chainId: hub.chainId });
    const back = await comeBack(forked);
    reconnects += back.reconnects;
    await expectProof(back.alarm, hub, seed);
    for (const { program } of [hub, ...pair.map(({ client }) => client)]) await program.kill();
  }
  tell(`by comparing, and by who came back (after ${reconnects} reconnects in all)`, 2);
});

async function expectProof(alarm: AlarmEvent, { chainId }: Hub, seed: number): Promise<void> {
  expect(alarm, `seed ${seed}`).toMatchObject({ code: "blocks", proven: true });
  expect(await confirmElsewhere(alarm.evidence)).toMatchObject({ rule: "blocks", proven: true, chainId });
}

function tell(how: string, files: number): void {
  const count = SEEDS.length;
  const seeds = `${count} of ${count} seeds caught ${how}`;
  figure(`fork: ${seeds} (chance ${chance.seed}), ${files * count} files of evidence confirmed elsewhere`);
}

/** One sends the other what `pos-client compare` prints. */
async function compareBoth({ hub, pair: [mine, theirs] }: ForkRun): Promise<string> {
  const printed = await run("pos-client", ["compare", "--chain", hub.chainId], { home: theirs.home });
  const file = join(temporaryHome(), "tips.json");
  writeFileSync(file, printed.stdout);
  const compared = await run("pos-client", ["compare", file, "--json"], { home: mine.home });
  const { result, evidence, own, other } = JSON.parse(compared.stdout);
  expect({ result, code: compared.code }).toEqual({ result: "different", code: 1 });
  expect(own.words).not.toBe(other.words);
  return evidence;
}

/** One of them restarts until the hub leads it to the other half. */
async function comeBack({ hub, pair: [mine] }: ForkRun): Promise<{ alarm: AlarmEvent; reconnects: number }> {
  let { client } = mine;
  for (let reconnects = 1; ; reconnects++) {
    await client.program.stop("SIGTERM");
    client = startForked(hub, mine.home, 70).client;
    const news = await Promise.race([client.events.waitFor("alarm"), client.events.waitFor("block")]);
    if (news.event === "alarm") return { alarm: news, reconnects };
    expect(reconnects).toBeLessThan(MOST_RECONNECTS);
  }
}
