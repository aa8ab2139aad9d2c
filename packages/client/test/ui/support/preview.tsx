/**
 * The screen with invented data, to look at it in any terminal: `node packages/client/test/ui/support/run-preview.ts`.
 * Options: --ascii, --no-color, --spectate, --theme NAME, --round SECONDS, --start STATE (see STATES).
 */

import { THEMES } from "../../../src/config/client-config.ts";
import type { SessionState } from "../../../src/session/session.ts";
import { startScreen } from "../../../src/ui/start-screen.tsx";
import { hex, me, round, state, TIP, winner } from "./sample.ts";
import { ScriptedSession } from "./scripted-session.ts";

const flags = process.argv.slice(2);
const optionOf = (name: string, fallback: string): string =>
  flags[flags.indexOf(name) + 1] && flags.includes(name) ? String(flags[flags.indexOf(name) + 1]) : fallback;
const roundMs = 1000 * Number(optionOf("--round", "10"));

const ALARM = {
  failure: { rule: "draw", index: TIP, expected: hex("key carol"), actual: hex("key bob") },
  isProven: true,
  evidenceFile: "~/.config/pos-client/evidence/1204-draw.json",
  atMs: Date.now(),
  halts: false,
} as const;

const STATES: Readonly<Record<string, Partial<SessionState>>> = {
  live: {},
  new: { me: me({ bonded: 0, liquid: 1000, wins: 0 }), ownProposal: null },
  connecting: {
    me: null,
    network: null,
    round: null,
    connection: { phase: "connecting", attempt: 3 },
    lastWinner: null,
    tip: { index: 0, hash: "", words: "" },
    validators: [],
    log: [],
    ownProposal: null,
  },
  offline: { connection: { phase: "offline", reason: "connection refused", attempt: 3, retryAtMs: Date.now() + 9000 } },
  otherChain: { connection: { phase: "otherChain", expected: hex("old"), actual: hex("new") } },
  taken: {
    connection: {
      phase: "refused",
      fault: { code: "NAME_TAKEN", actual: "alice", suggestion: "alice-2" },
      isConnected: true,
    },
  },
  slashed: { me: me({ bonded: 0, isTombstoned: true, slashing: { kind: "equivocation", amount: 100, index: 1198 } }) },
  alarm: { alarms: [ALARM] },
  catchup: { progress: { linked: TIP, verified: 812, total: TIP } },
  clock: { connection: { phase: "online", roundTripMs: 40, clockOffsetMs: 83_000 } },
};

const session = new ScriptedSession({
  ...STATES[optionOf("--start", "live")],
  ...(flags.includes("--spectate") ? { me: null } : {}),
});
const atStart = Date.now();
const first = state().round?.opening.round ?? 1;
if (session.getState().round !== null)
  session.set({ round: round(first, atStart + roundMs, { roundMs }), ownProposal: null });

const names = ["bob", "alice", "carol", "dave", "bob", "erin"];
let sealed = 0;
const sealing = setInterval(() => {
  const now = session.getState();
  if (now.round === null || now.connection.phase !== "online") return;
  sealed++;
  const index = now.tip.index + 1;
  const name = names[sealed % names.length] ?? "bob";
  session.rowAt = (asked) => ({ ...rowOf(asked) });
  session.set({
    tip: { index, hash: hex(`block ${index}`), words: "" },
    progress: { linked: index, verified: index, total: index },
    lastWinner: winner(index, name),
    round: round(first + sealed, Date.now() + roundMs, { roundMs }),
    log: [
      ...now.log,
      {
        atMs: Date.now(),
        level: name === "alice" ? "good" : "info",
        text: `★ ${name === "alice" ? "YOU" : name} won #${index}`,
      },
    ],
  });
}, roundMs);
const rowOf = session.rowAt;
session.propose = (bpm) => {
  const open = session.getState().round?.opening.round ?? 0;
  session.set({ ownProposal: { phase: "sent", round: open, bpm, atMs: Date.now() } });
  setTimeout(() => session.set({ ownProposal: { phase: "accepted", round: open, bpm, atMs: Date.now() } }), 300);
  return Promise.resolve({ ok: true });
};

const code = await startScreen(session, {
  ascii: flags.includes("--ascii"),
  color: !flags.includes("--no-color") && process.env.NO_COLOR === undefined,
  theme: THEMES.find((each) => each === optionOf("--theme", "dark")) ?? "dark",
  spectate: flags.includes("--spectate"),
  asksForStake: optionOf("--start", "live") === "new",
  showsHints: flags.includes("--hints"),
  bell: true,
  screenReader: false,
});
clearInterval(sealing);
process.exit(code);
