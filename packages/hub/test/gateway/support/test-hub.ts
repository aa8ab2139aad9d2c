import { networkOf } from "pos-shared/chain/network.ts";
import { secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { onTestFinished } from "vitest";
import { type Gateway, startGateway } from "../../../src/gateway/gateway.ts";
import type { GatewayOptions } from "../../../src/gateway/gateway-options.ts";
import type { HubPort } from "../../../src/sequencer/hub-port.ts";
import { localHubPort } from "../../../src/sequencer/local-hub-port.ts";
import { Sequencer } from "../../../src/sequencer/sequencer.ts";
import { openMemoryStore } from "../../../src/store/sqlite-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { StoreError } from "../../../src/store/store-error.ts";
import type { HubEvent } from "../../../src/telemetry/hub-event.ts";
import type { HubLog } from "../../../src/telemetry/log.ts";
import { createTelemetry, type Telemetry } from "../../../src/telemetry/telemetry.ts";

const HUB_KEY = secretKeyFromSeed(new Uint8Array(32).fill(1));
const START_MS = Date.parse("2026-01-01T00:00:00.000Z");

/** Longer than any test: rounds close when a test says so. */
const ROUND_MS = 3_600_000;

export interface TestHub {
  readonly gateway: Gateway;
  readonly port: HubPort;
  readonly telemetry: Telemetry;
  /** What was logged. */
  readonly events: HubEvent[];
  readonly seed: () => string;
  /** Moves the clock to the open round's close. */
  readonly closeRound: () => Promise<void>;
  /** Moves the clock so far past the open round's close, and nothing closes it. */
  readonly stall: (ms: number) => void;
  /** From now on the store refuses every commit. */
  readonly fillDisk: () => void;
}

export interface TestHubOptions {
  readonly genesis?: Partial<Genesis>;
  readonly gateway?: Partial<GatewayOptions>;
  /** Most transactions that are accepted for one round. */
  readonly maxTransactions?: number;
  /** Puts something else in a place of the port that is hard to bring about. */
  readonly port?: (port: HubPort) => HubPort;
}

/** A real hub in this process, on a free port: gateway, sequencer and a store in memory; only its clock is the test's. */
export async function startTestHub(testOptions: TestHubOptions = {}): Promise<TestHub> {
  const { genesis, gateway, port: change, maxTransactions = 2_000 } = testOptions;
  let nowMs = START_MS;
  let isDiskFull = false;
  const clock = { nowMs: () => nowMs, elapsedMs: () => performance.now() };
  const network = networkOf({
    version: 1,
    network: "test",
    rule: "stake-lottery",
    createdAt: "2026-01-01T00:00:00.000Z",
    roundMs: ROUND_MS,
    faucet: 1000,
    blockReward: 10,
    unbondingRounds: 2,
    activationDelay: 0,
    bpmMin: 30,
    bpmMax: 220,
    params: {},
    hub: HUB_KEY.publicKey,
    accounts: [],
    ...genesis,
  });
  const memory = openMemoryStore(network.genesis);
  const store: Store = {
    ...memory,
    commit: (records) => {
      if (isDiskFull) throw new StoreError({ code: "STORE_FULL", what: "the test's disk" });
      memory.commit(records);
    },
  };
  const sequencer = new Sequencer({
    params: {
      network,
      hubKey: HUB_KEY,
      roundMs: network.genesis.roundMs,
      maxTransactions,
      maxWaiting: 100_000,
      maxAccounts: 100_000,
      seedAfter: store.seedAfter,
    },
    store,
    clock,
  });
  const local = localHubPort(sequencer, store, clock);
  const port = change === undefined ? local : change(local);
  const telemetry = createTelemetry();
  const events: HubEvent[] = [];
  const log: HubLog = { event: (name, fields) => events.push({ name, fields } as HubEvent) };
  const options = { host: "127.0.0.1", port: 0, version: "0.0.0", token: null, tls: null, ...gateway };
  const started = await startGateway(options, port, telemetry, log);
  if (!started.ok) throw new Error(started.error.code);
  onTestFinished(async () => {
    await started.value.close();
    sequencer.stop();
    memory.close();
  });

  return {
    gateway: started.value,
    port,
    telemetry,
    events,
    seed: () => sequencer.state.chain.tip.seed,
    closeRound: async () => {
      nowMs += ROUND_MS;
      sequencer.submit({ kind: "tick" }, () => {});
      // The turn of the sequencer, and then that of the broadcast.
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    },
    stall: (ms) => {
      const closesAt = Date.parse(port.status().opening?.closesAt ?? "");
      nowMs = Math.max(nowMs, closesAt) + ms;
    },
    fillDisk: () => {
      isDiskFull = true;
    },
  };
}
