/**
 * Mode `fork`: from a round on there are two hubs with one key. Half of the clients are cut off as the round opens, before
 * they propose, and when they come back are served by the second one, which goes on from the same state with the same
 * opening and seals its own blocks.
 */
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

interface SecondHub {
  readonly gateway: Gateway;
  readonly sequencer: Sequencer;
  readonly end: () => void;
}

export class Fork {
  readonly #input: ForkInput;
  /** Undefined before the fork; resolves with undefined where the second hub could not be started. */
  #second: Promise<SecondHub | undefined> | undefined;
  /** Clients that were cut off and have not come back. */
  #expected = 0;
  #isOnSecond = false;

  constructor(input: ForkInput) {
    this.#input = input;
  }

  /** Where a new connection goes once there are two hubs: who was cut off to the second one, later every other one. */
  readonly divert = (): Promise<number | undefined> | undefined => {
    if (this.#second === undefined) return undefined;
    const wasCut = this.#expected > 0;
    if (wasCut) this.#expected -= 1;
    else this.#isOnSecond = !this.#isOnSecond;
    return wasCut || this.#isOnSecond ? this.#second.then((second) => second?.gateway.port) : undefined;
  };

  /** Watches for the round in which the hub forks. */
  watch(first: Gateway): void {
    const stop = this.#input.sequencer.onBroadcast((news) => {
      if (news.kind !== "opening" || news.opening.round < this.#input.fromRound || news.validators < 2) return;
      stop();
      // At once, while nobody has proposed yet.
      let position = 0;
      first.cut(() => {
        const isCut = position++ % 2 === 0;
        if (isCut) this.#expected += 1;
        return isCut;
      });
      this.#second = this.#begin(news.opening.round).catch(() => undefined);
    });
  }

  async close(): Promise<void> {
    const second = await this.#second;
    second?.sequencer.stop();
    await second?.gateway.close();
    second?.end();
  }

  async #begin(round: number): Promise<SecondHub | undefined> {
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
    if (!started.ok) {
      end();
      return undefined;
    }
    sequencer.start();
    this.#input.onDeed(round);
    return { gateway: started.value, sequencer, end };
  }
}
