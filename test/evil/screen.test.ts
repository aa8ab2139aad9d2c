// An alarm on the real screen: what the hub said, what is true, how it is known, where the evidence lies (docs/evidence.md).
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Terminal } from "../../packages/client/test/support/terminal.ts";
import type { EvilMode } from "../../packages/hub/src/evil/modes.ts";
import { startClient } from "../support/client.ts";
import { confirmElsewhere } from "../support/confirm-elsewhere.ts";
import { startCrowd } from "../support/crowd.ts";
import { startHub } from "../support/hub.ts";
import { type Screen, startScreen } from "../support/screen.ts";

/** Others who propose each round and check nothing. */
const OTHERS = 3;
/** The hub cheats from its third round on. */
const EARLY = "2";
const EVIL_BY_ROUND = 4;
/** So much of the stake that it is the screen's validator who is cheated. */
const STAKE = "900";
/** Of the dark theme, and of the light one that a projector has. */
const RED = { dark: 0xff4d4f, light: 0xa00000 };

/** What stands across the screen, its lines joined; blanks at line ends are no part of it. */
function bannerOf(terminal: Terminal): string {
  const lines = terminal.lines();
  const first = lines.findIndex((line) => line.includes("ALARM:"));
  const end = lines.findIndex((line, row) => row > first && !line.startsWith("│   "));
  return lines
    .slice(first, end)
    .map((line) => line.replace(/^│ [! ] ?/, "").replace(/ *│$/, ""))
    .join(" ");
}

/** As `ALARM: the hub has cheated at block 5: proven (draw)`. */
function title(banner: string): string {
  return /ALARM: .+? \(\w+\)/.exec(banner)?.[0] ?? "no title";
}

/** The file of evidence that a banner names. A long path is broken where a line ends. */
function evidenceOf(banner: string, home: string): string {
  const folder = join(home, "config", "pos-client", "evidence");
  const named = banner.slice(banner.indexOf("Evidence:")).replaceAll(" ", "").slice("Evidence:".length);
  const path = readdirSync(folder).map((name) => join(folder, name));
  expect(path).toContain(named);
  return named;
}

async function expectAlarm({ terminal, home }: Screen, expected: readonly RegExp[], red = RED.dark): Promise<void> {
  await terminal.waitFor("ALARM:");
  const banner = bannerOf(terminal);
  for (const words of expected) expect(banner).toMatch(words);
  const evidence = evidenceOf(banner, home);
  const row = terminal.lines().findIndex((line) => line.includes("ALARM:"));
  const cell = terminal.emulator.buffer.active.getLine(row)?.getCell(10);
  expect({ isInverse: cell?.isInverse() !== 0, color: cell?.getFgColor() }).toEqual({ isInverse: true, color: red });
  terminal.type("\r");
  // Another one may stand behind it.
  await terminal.waitForNo(title(banner));
  // The log, over the whole screen.
  terminal.type("Lz");
  await terminal.waitFor(/ALARM \w+ at #\d+/);
  const { rule, proven } = await confirmElsewhere(evidence);
  expect(banner).toContain(`${proven ? "proven" : "suspected"} (${rule})`);
}

/** Only who comes after others can be seen to be the one that would win. (Of the others those fall silent that are cheated.) */
async function proposeLast({ terminal }: Screen): Promise<void> {
  const all = OTHERS + 1;
  for (;;) {
    const shown = await terminal.waitFor(new RegExp(`proposed [1-${OTHERS}]/${all}|ALARM:`));
    if (shown.includes("ALARM:")) return;
    terminal.type("72\r");
    await terminal.waitFor(new RegExp(`proposed 0/${all}|ALARM:`));
  }
}

const SHOWN: Readonly<Record<Exclude<EvilMode, "fork">, readonly RegExp[]>> = {
  drop: [
    /The hub said: (somebody else won block|these are all proposals of block|nobody won)/,
    /The truth: your proposal (is missing|has the better score and should have won|took part)/,
    /How it is known: the hub signed a receipt for it\./,
  ],
  skip: [
    /The hub said: round \d+ ended without a block\./,
    /The truth: your proposal took part in it, so it must have a block\./,
    /How it is known: the hub signed a receipt for it\. Then it went on/,
  ],
  second: [
    /The hub said: (somebody else|[\w-]+) won block \d+\./,
    /The truth: (your proposal has the better score|[\w-]+ has the lower score) and should have won\./,
    /How it is known: the (hub signed a receipt|scores of the sealed proposals are computed anew)/,
  ],
  ledger: [
    /The hub said: these are the balances after block \d+\./,
    /The truth: somebody has tokens that the rules do not give, or lacks some\./,
    /How it is known: every balance is computed anew/,
  ],
  lose: [
    /The hub said: block \d+ records all that it took\./,
    /The truth: it took your transaction for that round and never recorded it\./,
    /How it is known: the hub signed a receipt for it\./,
  ],
  early: [
    /The hub said: (the round of block \d+ closed at|round \d+ open until) 20/,
    /The truth: (when it opened, the hub announced|it was over by) 20/,
    /How it is known: (the hub signed both|only who was connected has seen that\. A clock has no signature)/,
  ],
  censor: [
    /may have cheated at block \d+: suspected \(noReceipt\)/,
    /The hub said: nothing to your proposal of round \d+\./,
    /The truth: it was sent before the close(, and would have won)?\./,
    /How it is known: only who sent it has seen that\. Silence has no signature\./,
  ],
};

test.each(Object.keys(SHOWN) as (keyof typeof SHOWN)[])(
  "of a hub in mode %s, until it is acknowledged",
  async (mode) => {
    const hub = await startHub({ round: "600ms", args: ["--evil", mode, "--evil-seed", EARLY] });
    const crowd = startCrowd({ url: hub.url, validators: OTHERS, proposers: OTHERS });
    await crowd.waitFor("ready");
    if (mode === "lose") await hub.events.waitFor("round", ({ round }) => round >= EVIL_BY_ROUND);
    const bpm = mode === "censor" ? [] : ["--bpm", "72"];
    const screen = startScreen(hub.url, { args: ["--stake", STAKE, "--name", "anna", ...bpm] });
    if (mode === "censor") await proposeLast(screen);
    await expectAlarm(screen, SHOWN[mode]);
  },
);

test("of a forked hub, between a screen and another pane of its machine", async () => {
  const hub = await startHub({ round: "600ms", args: ["--evil", "fork", "--evil-seed", EARLY] });
  const screen = startScreen(hub.url, { args: ["--stake", "100", "--bpm", "72"] });
  const { home } = screen;
  const pane = startClient(hub.url, { home, args: ["--stake", "100", "--bpm", "61"] });
  await pane.events.waitFor("alarm");
  await screen.terminal.waitFor("ALARM:");
  const banner = bannerOf(screen.terminal);
  expect(banner).toMatch(/The hub said: block \d+ is "\w+ \w+ \w+" \(\w{4}…\w{4}\)\./);
  expect(banner).toMatch(/The truth: to others it said that block \d+ is "\w+ \w+ \w+" \(\w{4}…\w{4}\)\./);
  expect(banner).toContain("How it is known: the hub sealed both, and an honest one seals one.");
});

test("on a projector (--spectate), until it is acknowledged", async () => {
  const hub = await startHub({ round: "600ms", args: ["--evil", "ledger", "--evil-seed", EARLY] });
  const crowd = startCrowd({ url: hub.url, validators: OTHERS, proposers: OTHERS });
  await crowd.waitFor("ready");
  const screen = startScreen(hub.url, { args: ["--spectate"], columns: 120, rows: 40 });
  await expectAlarm(screen, SHOWN.ledger, RED.light);
});
