import type { RoundParams } from "pos-shared/chain/round/round-state.ts";
import { MAX_TRANSACTIONS_PER_ROUND } from "pos-shared/model/limits.ts";
import type { HubConfig } from "../config/hub-config.ts";
import { dataFilesIn } from "../data/data-files.ts";
import type { HubData } from "../data/hub-data.ts";
import { type EvilHub, evilHub } from "../evil/evil-hub.ts";
import { Fork } from "../evil/fork.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import { type HubClock, startClock } from "../sequencer/hub-clock.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import { localHubPort } from "../sequencer/local-hub-port.ts";
import type { Missing } from "../sequencer/missing.ts";
import { RecoveryWatch } from "../sequencer/recovery-watch.ts";
import { latestMomentMs } from "../sequencer/resume.ts";
import { Sequencer } from "../sequencer/sequencer.ts";
import { atLeast, createJsonLog, createPeopleLog, type HubLog } from "../telemetry/log.ts";
import { StoreTrouble } from "../telemetry/store-trouble.ts";
import { createTelemetry, type Telemetry } from "../telemetry/telemetry.ts";

/** Clients that lost their hub try again after 15 s at most (docs/protocol.md). */
const RECOVER_MS = 30_000;

/** A hub on its data, without the gateway that opens it to the network. */
export interface HubCore {
  readonly telemetry: Telemetry;
  readonly log: HubLog;
  readonly sequencer: Sequencer;
  readonly port: HubPort;
  /** Lets a hub that may be an older copy rest until its clients have given back what it lost. */
  readonly recovery: RecoveryWatch | undefined;
  /** Of a hub that was told to cheat so. */
  readonly fork: Fork | undefined;
}

interface HubCoreInput {
  readonly config: HubConfig;
  readonly data: HubData;
  readonly options: GatewayOptions;
  /** Takes one line of the log without its end. */
  readonly write: (line: string) => void;
  /** Told when this hub knows that it lost something and cannot get it back: it must not go on. */
  readonly onBehind: (missing: Missing) => void;
}

/** Puts together what a hub is made of; nothing runs yet. @throws StoreError */
export function createHubCore({ config, data, options, write, onBehind }: HubCoreInput): HubCore {
  const { store } = data;
  const telemetry = createTelemetry();
  const recoverMs = data.isNew ? undefined : (config.recoverMs ?? (data.isCopy ? RECOVER_MS : undefined));
  // Whoever says so, or a backup, may be behind what this directory once held.
  if (recoverMs !== undefined) store.acceptAsIs();
  const stored = store.load();
  const clock = startClock(latestMomentMs(data.network, stored));
  const log = logOf(config, clock, write);
  const place = data.directory === null ? "the store" : dataFilesIn(data.directory).chain;
  const trouble = new StoreTrouble({ log, place, elapsedMs: clock.elapsedMs });
  const params = roundParams(config, data);
  const evil = evilOf(config, stored.opening?.round ?? stored.lastRound + 1, data.roundMs, log);
  const sequencer = new Sequencer({
    params,
    store,
    clock,
    ...(evil !== undefined && { machine: evil.machine }),
    telemetry,
    isResting: recoverMs !== undefined,
    onStoreState: (failure) => trouble.note(failure),
  });
  const recovery =
    recoverMs === undefined ? undefined : recoveryOf(recoverMs, { params, data, sequencer, log, onBehind });
  const honestPort = localHubPort(sequencer, store, clock, {
    onLogin: (lost) => {
      recovery?.onLogin(lost);
      if (lost !== null && !sequencer.isResting) onBehind({ code: "HUB_BEHIND", index: lost.index });
    },
    restore: (kind, value) => recovery?.restore(kind, value) ?? false,
  });
  const port = evil === undefined ? honestPort : evil.deny(honestPort);
  const fork =
    evil !== undefined && config.evil.includes("fork")
      ? new Fork({
          sequencer,
          store,
          clock,
          params,
          options,
          fromRound: evil.fromRound,
          onDeed: (round) => log.event("evil", { mode: "fork", round }),
        })
      : undefined;
  telemetry.watch("queued_messages", "Proposals and transactions that wait for their turn", () => sequencer.queued);
  return { telemetry, log, sequencer, port, recovery, fork };
}

function logOf({ json, logLevel }: HubConfig, { nowMs }: HubClock, write: (line: string) => void): HubLog {
  return atLeast(logLevel, json ? createJsonLog(write, nowMs) : createPeopleLog(write, nowMs));
}

/** Undefined for an honest hub. */
function evilOf(
  { evil: modes, evilSeed: seed }: HubConfig,
  round: number,
  roundMs: number,
  log: HubLog,
): EvilHub | undefined {
  if (modes.length === 0) return undefined;
  return evilHub({ modes, seed, round, roundMs }, (mode, at) => log.event("evil", { mode, round: at }));
}

interface Recovering extends Pick<HubCoreInput, "data" | "onBehind"> {
  readonly params: RoundParams;
  readonly sequencer: Sequencer;
  readonly log: HubLog;
}

function recoveryOf(patienceMs: number, { params, data, sequencer, log, onBehind }: Recovering): RecoveryWatch {
  const onEnd = (blocks: number, missing: Missing | undefined): void => {
    if (missing !== undefined) {
      onBehind(missing);
      return;
    }
    data.leaveCopy();
    log.event("recovered", { index: sequencer.state.chain.tip.index, blocks });
  };
  return new RecoveryWatch({ params, store: data.store, sequencer, patienceMs, onEnd });
}

function roundParams({ limits }: HubConfig, { network, hubKey, roundMs, store }: HubData): RoundParams {
  return {
    network,
    hubKey,
    roundMs,
    maxTransactions: MAX_TRANSACTIONS_PER_ROUND,
    maxWaiting: limits.maxPendingTransactions,
    maxAccounts: limits.maxValidators,
    seedAfter: store.seedAfter,
  };
}
