/** `pos-hub` itself: opens the data, starts the sequencer and the gateway, and ends them in order. */
import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import type { RoundParams } from "pos-shared/chain/round/round-state.ts";
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import { MAX_TRANSACTIONS_PER_ROUND } from "pos-shared/model/limits.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { HubConfig } from "../config/hub-config.ts";
import type { HubData } from "../data/hub-data.ts";
import { openHubData } from "../data/open-hub-data.ts";
import { evilHub } from "../evil/evil-hub.ts";
import { Fork } from "../evil/fork.ts";
import { type Gateway, startGateway } from "../gateway/gateway.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import { startClock } from "../sequencer/hub-clock.ts";
import { localHubPort } from "../sequencer/local-hub-port.ts";
import { RecoveryWatch } from "../sequencer/recovery-watch.ts";
import { latestMomentMs } from "../sequencer/resume.ts";
import { Sequencer } from "../sequencer/sequencer.ts";
import { StoreError } from "../store/store-error.ts";
import { atLeast, createJsonLog, createPeopleLog, type HubLog } from "../telemetry/log.ts";
import { logNews } from "../telemetry/log-news.ts";
import { createTelemetry } from "../telemetry/telemetry.ts";
import { sentenceOfNotice } from "../words/data-faults.ts";
import { startLines } from "../words/start.ts";
import type { HubFault } from "./hub-fault.ts";
import { readToken } from "./read-token.ts";
import { untilToldToStop } from "./stop-signals.ts";
import { VERSION } from "./version.ts";

/** A second burst of messages of this many seconds' worth is let through at once. */
const BURST_SECONDS = 2;

/** Of requests this many: a class of 1,000 behind one address takes two each when all of it comes back. */
const REQUEST_BURST_SECONDS = 20;

/** Clients that lost their hub try again after 15 s at most (docs/protocol.md). */
const RECOVER_MS = 30_000;

/** Runs until it is told to stop; resolves with why it could not start or go on, or undefined after a clean end. */
export async function run(config: HubConfig): Promise<HubFault | undefined> {
  const tls = readTls(config);
  if (!tls.ok) return tls.error;
  const token = readToken(config);
  if (!token.ok) return token.error;
  const opened = openHubData(config, Date.now());
  if (!opened.ok) return opened.error;
  for (const notice of opened.value.notices) process.stderr.write(`pos-hub: ${sentenceOfNotice(notice)}\n`);
  try {
    return await runOn(config, opened.value, { tls: tls.value, token: token.value });
  } finally {
    opened.value.close();
  }
}

type Secrets = Pick<GatewayOptions, "tls" | "token">;

async function runOn(config: HubConfig, data: HubData, secrets: Secrets): Promise<HubFault | undefined> {
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  const telemetry = createTelemetry();
  const recoverMs = data.isNew ? undefined : (config.recoverMs ?? (data.isCopy ? RECOVER_MS : undefined));
  // Whoever says so, or a backup, may be behind what this directory once held.
  if (recoverMs !== undefined) data.store.acceptAsIs();
  const stored = data.store.load();
  const clock = startClock(latestMomentMs(data.network, stored, data.roundMs));
  const log = atLeast(
    config.logLevel,
    config.json ? createJsonLog(write, clock.nowMs) : createPeopleLog(write, clock.nowMs),
  );
  const stop = untilToldToStop();
  const params = roundParams(config, data);
  const plan = { modes: config.evil, seed: config.evilSeed, roundMs: data.roundMs };
  const evil = evilHub({ ...plan, round: stored.opening?.round ?? stored.lastRound + 1 }, (mode, round) =>
    log.event("evil", { mode, round }),
  );
  const sequencer = new Sequencer({
    params,
    store: data.store,
    clock,
    ...(config.evil.length > 0 && { machine: evil.machine }),
    telemetry,
    isResting: recoverMs !== undefined,
    onStoreState: (failure) => log.event("failed", storeState(failure)),
  });
  let fault: HubFault | undefined;
  const endBehind = (index: number): void => {
    fault = { code: "HUB_BEHIND", index };
    stop.now();
  };
  const recovery =
    recoverMs === undefined ? undefined : watchRecovery(recoverMs, { params, data, sequencer, log, endBehind });
  const honestPort = localHubPort(sequencer, data.store, clock, {
    onLogin: (lost) => {
      recovery?.onLogin(lost);
      if (lost !== null && !sequencer.isResting) endBehind(lost.index);
    },
    restore: (kind, value) => recovery?.restore(kind, value) ?? false,
  });
  const port = config.evil.length > 0 ? evil.deny(honestPort) : honestPort;
  const options = gatewayOptions(config, secrets);
  const fork = config.evil.includes("fork")
    ? new Fork({
        sequencer,
        store: data.store,
        clock,
        params,
        options,
        fromRound: evil.fromRound,
        onDeed: (round) => log.event("evil", { mode: "fork", round }),
      })
    : undefined;
  if (data.isNew) log.event("genesis", { chainId: port.chainId, network: port.genesis.network });
  const started = await startGateway(
    { ...options, ...(fork !== undefined && { divert: fork.divert }) },
    port,
    telemetry,
    log,
  );
  if (!started.ok) return started.error;
  const gateway = started.value;
  if (!config.json) writeStart(config, data, gateway, write);
  pruneAsItGrows(sequencer, data, config.keepProposals);
  logNews(port, log, telemetry);
  fork?.watch(gateway);
  sequencer.start();

  if (recoverMs !== undefined) {
    log.event("recovering", { index: stored.block?.index ?? 0, seconds: recoverMs / 1_000 });
  }

  await stop.promise;
  recovery?.stop();
  await fork?.close();
  sequencer.stop();
  await gateway.close();
  log.event("stopped", { index: sequencer.state.chain.tip.index });
  return fault;
}

interface Recovering {
  readonly params: RoundParams;
  readonly data: HubData;
  readonly sequencer: Sequencer;
  readonly log: HubLog;
  readonly endBehind: (index: number) => void;
}

/** Lets the hub rest until its clients have given back what it lost. */
function watchRecovery(patienceMs: number, { params, data, sequencer, log, endBehind }: Recovering): RecoveryWatch {
  const onEnd = (blocks: number, missing: number | undefined): void => {
    if (missing !== undefined) {
      endBehind(missing);
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

function gatewayOptions(config: HubConfig, { tls, token }: Secrets): GatewayOptions {
  const { maxConnections, maxConnectionsPerAddress, maxMessageRate, maxMessageBytes } = config.limits;
  const { maxMessagesPerAddress, maxRequestsPerAddress } = config.limits;
  return {
    host: config.host,
    port: config.port,
    version: VERSION,
    token,
    tls,
    limits: {
      maxConnections,
      maxConnectionsPerAddress,
      maxFrameBytes: maxMessageBytes,
      messages: { perSecond: maxMessageRate, burst: maxMessageRate * BURST_SECONDS },
      messagesOfAddress: { perSecond: maxMessagesPerAddress, burst: maxMessagesPerAddress * BURST_SECONDS },
      requestsOfAddress: { perSecond: maxRequestsPerAddress, burst: maxRequestsPerAddress * REQUEST_BURST_SECONDS },
    },
  };
}

function readTls({ tls }: HubConfig): Result<GatewayOptions["tls"], HubFault> {
  if (tls === undefined) return ok(null);
  const texts: string[] = [];
  for (const file of [tls.certFile, tls.keyFile]) {
    try {
      texts.push(readFileSync(file, "utf8"));
    } catch (thrown) {
      return err({
        code: "TLS_FILE_UNREADABLE",
        file,
        reason: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
  }
  const [cert = "", key = ""] = texts;
  return ok({ cert, key });
}

/** Proposals of old rounds are let go as new ones come. */
function pruneAsItGrows(sequencer: Sequencer, { store }: HubData, keepRounds: number): void {
  sequencer.onBroadcast((news) => {
    if (news.kind !== "block") return;
    try {
      store.pruneProposals(news.block.round - keepRounds);
    } catch (thrown) {
      // Where the disk refuses, the next round tries again; the sequencer reports a store that fails.
      if (!(thrown instanceof StoreError)) throw thrown;
    }
  });
}

function writeStart(config: HubConfig, data: HubData, gateway: Gateway, write: (line: string) => void): void {
  const { block } = data.store.load();
  const lines = startLines({
    network: data.network.genesis.network,
    chainId: data.network.chainId,
    index: block?.index ?? 0,
    words: tipWords(block?.hash ?? ""),
    roundMs: data.roundMs,
    port: gateway.port,
    otherAddresses: otherAddresses(config.host),
    needsToken: config.token !== undefined || config.tokenFile !== undefined,
    isTls: config.tls !== undefined,
    directory: data.directory,
  });
  for (const line of lines) write(line);
}

/** Where others reach this machine: all its outer addresses where the hub listens on all, else the one it listens on. */
function otherAddresses(host: string): string[] {
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"));
  if (host === "::") return outer.map(({ address }) => address);
  if (host === "0.0.0.0") return outer.filter(({ family }) => family === "IPv4").map(({ address }) => address);
  return outer.some(({ address }) => address === host) ? [host] : [];
}

function storeState(failure: unknown): { what: string; message: string } {
  if (failure === undefined) return { what: "store", message: "It takes records again." };
  return { what: "store", message: failure instanceof Error ? failure.message : String(failure) };
}
