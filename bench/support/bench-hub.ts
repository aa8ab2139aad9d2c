/** The hub's own parts, put together as its command line does, in a process of the bench. */
import type { Network } from "pos-shared/chain/network.ts";
import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import { type Gateway, startGateway } from "../../packages/hub/src/gateway/gateway.ts";
import type { GatewayLimits } from "../../packages/hub/src/gateway/gateway-options.ts";
import type { HubClock } from "../../packages/hub/src/sequencer/hub-clock.ts";
import type { HubPort } from "../../packages/hub/src/sequencer/hub-port.ts";
import { localHubPort } from "../../packages/hub/src/sequencer/local-hub-port.ts";
import { Sequencer } from "../../packages/hub/src/sequencer/sequencer.ts";
import { openMemoryStore, type SqliteStore } from "../../packages/hub/src/store/sqlite-store.ts";
import { createJsonLog } from "../../packages/hub/src/telemetry/log.ts";
import { logNews } from "../../packages/hub/src/telemetry/log-news.ts";
import { createTelemetry } from "../../packages/hub/src/telemetry/telemetry.ts";
import { benchNetwork, CREATED_MS, HUB_KEY } from "./bench-network.ts";
import { openDirectory } from "./data-directory.ts";
import type { Slot } from "./field.ts";

/** A hub's clock that moves when it is told to: rounds close when a row wants them to. */
class HandClock implements HubClock {
  #nowMs: number;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  readonly nowMs = (): number => this.#nowMs;
  readonly elapsedMs = (): number => performance.now();

  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }
}

export interface BenchHub {
  readonly network: Network;
  readonly store: SqliteStore;
  readonly sequencer: Sequencer;
  readonly port: HubPort;
  /** What a proposal of the open round is signed for. */
  readonly slot: () => Slot;
  /** Closes the open round at its announced time; resolves once its end is durable and told. */
  readonly closeRound: () => Promise<void>;
  /** Lets the clients hear something, as if the sequencer had said it. */
  readonly tell: (news: Broadcast) => void;
  /** Leaves the data to somebody else. */
  readonly close: () => void;
  readonly openGateway: (limits?: Partial<GatewayLimits>) => Promise<Gateway>;
}

/** A hub in memory with so many bonded validators. */
export function startMemoryHub(bonded: number): BenchHub {
  const network = benchNetwork(bonded);
  const store = openMemoryStore(network.genesis);
  return startHub(network, store, store.close);
}

/** A hub on a data directory. */
export function startStoredHub(directory: string): BenchHub {
  const { network, store, close } = openDirectory(directory);
  return startHub(network, store, close);
}

function startHub(network: Network, store: SqliteStore, closeData: () => void): BenchHub {
  const stored = store.load();
  const clock = new HandClock(stored.block === null ? CREATED_MS : Date.parse(stored.block.timestamp));
  const telemetry = createTelemetry();
  const params = {
    network,
    hubKey: HUB_KEY,
    roundMs: network.genesis.roundMs,
    maxTransactions: 2_000,
    maxWaiting: 100_000,
    maxAccounts: 200_000,
    seedAfter: store.seedAfter,
  };
  const sequencer = new Sequencer({ params, store, clock, telemetry });
  const port = localHubPort(sequencer, store, clock);
  const log = createJsonLog(() => {}, clock.nowMs);
  logNews(port, log, telemetry);
  const listeners: ((news: Broadcast) => void)[] = [];
  const overheard: HubPort = {
    ...port,
    onBroadcast: (listener) => {
      listeners.push(listener);
      return port.onBroadcast(listener);
    },
  };
  return {
    network,
    store,
    sequencer,
    port,
    slot: () => {
      const { open, chain } = sequencer.state;
      if (open === undefined) throw new Error("no round is open");
      return { round: open.opening.round, prevHash: chain.tip.hash, seed: chain.tip.seed };
    },
    closeRound: () => {
      const { open } = sequencer.state;
      if (open === undefined) throw new Error("no round is open");
      clock.set(Date.parse(open.opening.closesAt));
      return new Promise((resolve) => {
        const stop = sequencer.onBroadcast((news) => {
          if (news.kind !== "block" && news.kind !== "opening" && news.kind !== "idle") return;
          stop();
          resolve();
        });
        sequencer.submit({ kind: "tick" }, () => {});
      });
    },
    tell: (news) => {
      for (const listener of listeners) listener(news);
    },
    close: () => {
      sequencer.stop();
      closeData();
    },
    openGateway: async (limits = {}) => {
      const options = { host: "127.0.0.1", port: 0, version: "bench", token: null, tls: null, limits };
      const started = await startGateway(options, overheard, telemetry, log);
      if (!started.ok) throw new Error(`the gateway does not start: ${started.error.code}`);
      return started.value;
    },
  };
}
