/**
 * Mode `fork`: from a round on there are two hubs with one key. Half of the clients are cut off and, when they come back,
 * served by the second one, which goes on from the same state with the same opening and seals its own blocks.
 */

import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RoundParams } from "pos-shared/chain/round/round-state.ts";
import { type Gateway, startGateway } from "../gateway/gateway.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import type { HubClock } from "../sequencer/hub-clock.ts";
import { localHubPort } from "../sequencer/local-hub-port.ts";
import { Sequencer } from "../sequencer/sequencer.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import type { HubLog } from "../telemetry/log.ts";
import { createTelemetry } from "../telemetry/telemetry.ts";

export interface ForkInput {
  readonly sequencer: Sequencer;
  readonly store: Store;
  readonly clock: HubClock;
  readonly params: RoundParams;
  readonly options: GatewayOptions;
  readonly fromRound: number;
  readonly onDeed: (round: number) => void;
}

/** Nothing of the second hub is told to anybody but its clients. */
const SILENT: HubLog = { event: () => {} };

export class Fork {
  readonly #input: ForkInput;
  #second: { readonly gateway: Gateway; readonly sequencer: Sequencer; readonly end: () => void } | undefined;
  #isOnSecond = false;

  constructor(input: ForkInput) {
    this.#input = input;
  }

  /** Where a new connection goes: every other one to the second hub, once there is one. */
  readonly divert = (): number | undefined => {
    if (this.#second === undefined) return undefined;
    this.#isOnSecond = !this.#isOnSecond;
    return this.#isOnSecond ? this.#second.gateway.port : undefined;
  };

  /** Watches for the round in which the hub forks. */
  watch(first: Gateway): void {
    const stop = this.#input.sequencer.onBroadcast((news) => {
      if (news.kind !== "opening" || news.opening.round < this.#input.fromRound || news.validators < 2) return;
      stop();
      void this.#begin(first, news.opening.round);
    });
  }

  async close(): Promise<void> {
    this.#second?.sequencer.stop();
    await this.#second?.gateway.close();
    this.#second?.end();
  }

  async #begin(first: Gateway, round: number): Promise<void> {
    const { store, clock, params, options } = this.#input;
    const directory = mkdtempSync(join(tmpdir(), "pos-hub-fork-"));
    const copy = join(directory, "copy");
    await store.backup(copy);
    const second = openSqliteStore(join(copy, "chain.db"));
    const sequencer = new Sequencer({ params: { ...params, seedAfter: second.seedAfter }, store: second, clock });
    const port = { ...localHubPort(sequencer, second, clock), isAhead: () => false };
    const started = await startGateway(
      { ...options, host: "127.0.0.1", port: 0, tls: null },
      port,
      createTelemetry(),
      SILENT,
    );
    const end = (): void => {
      second.close();
      rmSync(directory, { recursive: true, force: true });
    };
    if (!started.ok) return end();
    sequencer.start();
    this.#second = { gateway: started.value, sequencer, end };
    this.#input.onDeed(round);
    first.cut(() => randomInt(2) === 0);
  }
}
