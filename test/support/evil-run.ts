/** One run of a cheating hub with real clients, until one of them raises the alarm that must come. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ClientEvent } from "../../packages/client/src/session/session.ts";
import type { EvilMode } from "../../packages/hub/src/evil/modes.ts";
import { type Client, startClient } from "./client.ts";
import type { Printed } from "./events.ts";
import { type Hub, startHub } from "./hub.ts";
import { run } from "./run.ts";
import { temporaryHome } from "./temporary-home.ts";

export type AlarmEvent = Printed<Extract<ClientEvent, { readonly event: "alarm" }>>;

/** By which codes an honest client must catch each mode, and whether the hub's signatures prove it (docs/threat-model.md). */
export const CAUGHT_AS: Readonly<Record<EvilMode, Readonly<Record<string, boolean>>>> = {
  drop: { ownScore: true, proposals: true, inclusion: true },
  skip: { ownRound: true },
  second: { draw: true, ownScore: true },
  fork: { blocks: true },
  ledger: { ledgerRoot: true },
  lose: { ownTransaction: true },
  early: { timestamp: true, earlyClose: false },
  censor: { noReceipt: false },
};

/** The hub cheats from this round on at the latest. */
const EVIL_BY_ROUND = 6;

export interface EvilRun {
  readonly alarm: AlarmEvent;
  /** Every alarm of every client. */
  readonly alarms: readonly AlarmEvent[];
  readonly deed: { readonly mode: EvilMode; readonly round: number };
}

/** Some clients at a hub that cheats; at a forked one they are panes of one machine, which compare by themselves. */
export async function runEvil(mode: EvilMode, seed: number, round = "500ms"): Promise<EvilRun> {
  const hub = await startHub({ round, args: ["--evil", mode, "--evil-seed", String(seed)] });
  const clients = mode === "fork" ? startPanes(hub) : startStrangers(hub);
  if (mode === "lose") clients.push(await startLateClient(hub));
  const deed = await hub.events.waitFor("evil");
  const alarm = await Promise.any(clients.map((client) => client.events.waitFor("alarm")));
  return { alarm, alarms: clients.flatMap(({ events }) => events.all("alarm")), deed };
}

function startPanes({ url }: Hub): Client[] {
  const home = temporaryHome();
  return ["70", "75", "80"].map((bpm) => startClient(url, { args: ["--stake", "100", "--bpm", bpm], home }));
}

function startStrangers({ url }: Hub): Client[] {
  return [
    startClient(url, { args: ["--stake", "100", "--bpm", "70"] }),
    startClient(url, { args: ["--bots", "3", "--stake", "50"] }),
  ];
}

/** Whoever bonds while the hub cheats gives it a transaction to lose. */
async function startLateClient(hub: Hub): Promise<Client> {
  await hub.events.waitFor("round", ({ round }) => round >= EVIL_BY_ROUND);
  return startClient(hub.url, { args: ["--stake", "10"] });
}

export interface Confirmation {
  readonly code: number | null;
  readonly evidence: { readonly rule: string; readonly proven: boolean; readonly chainId: string };
}

/** Somebody else, who never met this hub, checks the evidence from a copy of the file. */
export async function confirmElsewhere(evidence: string): Promise<Confirmation> {
  const home = temporaryHome();
  const folder = join(home, "from-a-friend");
  mkdirSync(folder);
  const copy = join(folder, "evidence.json");
  cpSync(evidence, copy);
  const { code, stdout, stderr } = await run("pos-client", ["verify", copy, "--json"], { home });
  if (code !== 0) throw new Error(`not confirmed: ${stdout} ${stderr}`);
  return { code, evidence: JSON.parse(stdout).evidence };
}
