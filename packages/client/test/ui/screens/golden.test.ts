/**
 * Screens as a person sees them, kept in `golden/` to be read: the real program in a real terminal of each size.
 * After a change that is meant, `npx vitest run -u` writes them anew; read the difference.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DrivenOptions } from "../support/driven-screen.ts";
import { screenStarter } from "../support/program.ts";
import { ALARM, hex, me, NOW_MS, TIP } from "../support/sample.ts";

const start = screenStarter();

async function expectGolden(name: string, screen: string): Promise<void> {
  // Whether a blank at the end of a line was written or never touched is nothing one can see.
  const seen = screen.replaceAll(/ +$/gm, "").trimEnd();
  await expect(`${seen}\n`).toMatchFileSnapshot(join(import.meta.dirname, "golden", `${name}.txt`));
}

describe("the screen at each size (TUI rule 9)", () => {
  it.each([
    [120, 40],
    [84, 22],
    [80, 24],
    [60, 16],
    [40, 8],
    [39, 7],
  ])("%i×%i", async (columns, rows) => {
    const { terminal } = await start({ columns, rows });
    // The newest block stands beside the chain a moment after the first frame.
    const shown = columns < 40 ? "at least 40" : columns >= 120 ? "recomputed here" : /17s/;
    const screen = await terminal.waitFor(shown);
    expect(terminal.lines()).toHaveLength(rows);
    await expectGolden(`main-${columns}x${rows}`, screen);
  });
});

describe("a long refusal of a BPM, whole", () => {
  it.each([
    [84, 22],
    [60, 16],
    [40, 8],
  ])("%i×%i", async (columns, rows) => {
    const fault = { code: "EQUIVOCATION" } as const;
    const ownProposal = { phase: "rejected", round: 1425, bpm: 72, atMs: NOW_MS, fault } as const;
    const { terminal } = await start({ columns, rows, state: { ownProposal } });
    await expectGolden(`refused-${columns}x${rows}`, await terminal.waitFor("burned."));
  });
});

const STATES: Readonly<
  Record<string, { readonly shows: string | RegExp; readonly keys?: string } & Partial<DrivenOptions>>
> = {
  "first-start": {
    state: { me: me({ bonded: 0, liquid: 1000, wins: 0 }), ownProposal: null },
    options: { asksForStake: true, showsHints: true },
    shows: "Enter token balance",
  },
  hints: { options: { showsHints: true }, shows: "one block a round" },
  connecting: {
    state: {
      me: null,
      network: null,
      round: null,
      ownProposal: null,
      lastWinner: null,
      validators: [],
      log: [],
      tip: { index: 0, hash: "", words: "" },
      connection: { phase: "connecting", attempt: 2 },
    },
    shows: "CONNECTING 2",
  },
  "catching-up": { state: { progress: { linked: TIP, verified: 812, total: TIP } }, shows: "VERIFYING 67%" },
  loading: {
    state: {
      connection: { phase: "connecting", attempt: 1 },
      tip: { index: 0, hash: "", words: "" },
      lastWinner: null,
      progress: { linked: 301, verified: 0, total: TIP },
    },
    shows: "LOADING 25%",
  },
  offline: {
    state: { connection: { phase: "offline", reason: "connection refused", attempt: 3, retryAtMs: NOW_MS + 4000 } },
    shows: "RETRY 3",
  },
  "clock-off": {
    state: { connection: { phase: "online", roundTripMs: 40, clockOffsetMs: 83_000 } },
    shows: "clock behind by 1m",
  },
  "other-network": {
    state: { connection: { phase: "otherChain", expected: hex("old"), actual: hex("new") } },
    shows: "Enter join",
  },
  "name-taken": {
    state: {
      connection: {
        phase: "refused",
        fault: { code: "NAME_TAKEN", actual: "alice", suggestion: "alice-2" },
        isConnected: true,
      },
    },
    shows: "alice-2",
  },
  slashed: {
    state: { me: me({ bonded: 0, isTombstoned: true, slashing: { kind: "equivocation", amount: 100, index: 1198 } }) },
    shows: "was slashed",
  },
  alarm: { state: { alarms: [ALARM] }, shows: "ALARM" },
  block: { keys: "C\r", shows: "prev" },
  verification: { keys: "v", shows: "comparison" },
  comparison: { keys: "vG", shows: "★ dave" },
  validator: { keys: "V\r", shows: "public key" },
  help: { keys: "?", shows: "Everywhere" },
  palette: { keys: ":st", shows: "stake, unstake" },
  staking: { keys: "su50\r", shows: "Enter sends" },
  filter: { keys: "C/bob", shows: / of 1,204/ },
  waiting: {
    state: { me: me({ bonded: 150, waiting: [{ type: "bond", amount: 50, round: 1425 }] }) },
    shows: "for the block of r1425",
  },
  quit: { keys: "q", shows: "Quit?" },
  error: { keys: "7x", shows: "digits only" },
  spectate: { state: { me: null }, options: { spectate: true, theme: "contrast" }, shows: "staked" },
  ascii: { options: { ascii: true, color: false }, shows: "@ LIVE" },
};

describe("each state at 84×22, the main case", () => {
  it.each(Object.entries(STATES))("%s", async (name, { shows, keys = "", ...options }) => {
    const { terminal } = await start({ columns: 84, rows: 22, ...options });
    for (const key of keys) terminal.type(key);
    await terminal.waitFor(shows);
    await expectGolden(`state-${name}`, terminal.text());
  });
});
