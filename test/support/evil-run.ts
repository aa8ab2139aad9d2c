/** One run of a cheating hub with real clients over sockets, from its start until everybody who must notice has noticed. */
import type { ClientEvent } from "../../packages/client/src/session/session.ts";
import type { EvilMode } from "../../packages/hub/src/evil/modes.ts";
import { type Client, startClient } from "./client.ts";
import type { Printed } from "./events.ts";
import { type Hub, startHub } from "./hub.ts";

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

/** Modes that every client sees, whoever it is; the others only who is cheated. */
const SEEN_BY_ALL: ReadonlySet<EvilMode> = new Set(["second", "ledger", "early"]);

/** The hub cheats from this round on at the latest. */
const EVIL_BY_ROUND = 6;

export interface EvilRun {
  readonly mode: EvilMode;
  readonly seed: number;
  readonly hub: Hub;
  /** The first round in which the hub cheated. */
  readonly round: number;
  readonly clients: readonly Client[];
  /** Of those who had to notice, the first alarm of each. */
  readonly caught: readonly { readonly client: Client; readonly alarm: AlarmEvent }[];
}

/** A hub that cheats, and a validator, three bots of one process, and a spectator, each on a machine of its own. */
export async function runEvil(mode: Exclude<EvilMode, "fork">, seed: number, round = "500ms"): Promise<EvilRun> {
  const hub = await startHub({ round, args: ["--evil", mode, "--evil-seed", String(seed)] });
  const validators = [
    startClient(hub.url, { args: ["--stake", "100", "--bpm", "70"] }),
    startClient(hub.url, { args: ["--bots", "3", "--stake", "50"] }),
  ];
  const clients = [...validators, startClient(hub.url, { args: ["--spectate"] })];
  if (mode === "lose") clients.push(await startLateClient(hub));
  const deed = await hub.events.waitFor("evil");
  const caught = SEEN_BY_ALL.has(mode)
    ? await Promise.all(clients.map((client) => firstAlarm(client)))
    : [await Promise.any(clients.map((client) => firstAlarm(client)))];
  return { mode, seed, hub, round: deed.round, clients, caught };
}

async function firstAlarm(client: Client): Promise<EvilRun["caught"][number]> {
  return { client, alarm: await client.events.waitFor("alarm") };
}

/** Whoever bonds while the hub cheats gives it a transaction to lose. */
async function startLateClient(hub: Hub): Promise<Client> {
  await hub.events.waitFor("round", ({ round }) => round >= EVIL_BY_ROUND);
  return startClient(hub.url, { args: ["--stake", "10"] });
}

/** Two clients of a forked hub: one on each half, as it cuts every other one off. */
export interface ForkRun {
  readonly hub: Hub;
  /** The round in which the hub forked. */
  readonly round: number;
  readonly pair: readonly [Forked, Forked];
}

export interface Forked {
  readonly home: string;
  readonly client: Client;
}

/** @param homes the same twice for two panes of one machine */
export async function runFork(seed: number, homes: readonly [string, string], round = "500ms"): Promise<ForkRun> {
  const hub = await startHub({ round, args: ["--evil", "fork", "--evil-seed", String(seed)] });
  const [mine, theirs] = homes;
  const pair = [startForked(hub, mine, 70), startForked(hub, theirs, 80)] as const;
  const deed = await hub.events.waitFor("evil");
  return { hub, round: deed.round, pair };
}

export function startForked({ url }: Hub, home: string, bpm: number): Forked {
  return { home, client: startClient(url, { args: ["--stake", "100", "--bpm", `${bpm}`], home }) };
}
