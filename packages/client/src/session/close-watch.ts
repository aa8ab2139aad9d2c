import type { Opening } from "pos-shared/model/opening.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import type { HubClock } from "../connection/hub-clock.ts";
import type { Runtime } from "../runtime.ts";

/** A round that is over by less than this before its announced close is taken for one that closed in time. */
const LEAST_EARLY_MS = 20;

export interface CloseWatchPorts {
  readonly clock: HubClock;
  readonly runtime: Runtime;
  readonly openingOf: (round: number) => Opening | undefined;
  /** @param hubTimeMs what the hub's clock showed after the round's end had come */
  readonly suspect: (opening: Opening, later: Opening | undefined, hubTimeMs: number) => void;
}

/**
 * Notices a round that is over before its announced close (DESIGN §6). The estimate of the hub's clock only says where to
 * look closer, for it is wrong after a machine has slept: the hub is then asked for its time, which by its own word must be
 * past the close of a round whose end has already come. An honest hub's always is.
 */
export class CloseWatch {
  readonly #ports: CloseWatchPorts;
  #asked = 0;

  constructor(ports: CloseWatchPorts) {
    this.#ports = ports;
  }

  /** The end of a round has just come over this connection: its block, or the opening of a later one. */
  async noteOver(round: number, later: Opening | undefined, channel: HubChannel | undefined): Promise<void> {
    const { clock, runtime, openingOf, suspect } = this.#ports;
    const opening = openingOf(round);
    if (opening === undefined || channel === undefined || round <= this.#asked) return;
    const deadlineMs = millisecondsOf(opening.closesAt) - LEAST_EARLY_MS;
    const nowMs = clock.toHubMs(runtime.monotonicMs());
    if (nowMs !== undefined && nowMs >= deadlineMs) return;
    this.#asked = round;
    const pong = await channel.request("ping", {});
    if (pong.ok && pong.value.time < deadlineMs) suspect(opening, later, pong.value.time);
  }
}
