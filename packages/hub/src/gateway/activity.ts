import type { Proposal } from "pos-shared/model/proposal.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import { encode } from "pos-shared/protocol/codec.ts";
import type { PushOf } from "pos-shared/protocol/hub-messages.ts";
import { MAX_PUSHED_ROWS } from "pos-shared/protocol/limits.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import type { Coalescer } from "./coalescer.ts";
import type { FanOut } from "./fan-out.ts";

/** As it is told, but for the moment: of thousands a second few are told, and a date takes its time to write. */
interface Entry extends Omit<PushOf<"activity">["recent"][number], "at"> {
  readonly atMs: number;
}

/** Pushes who proposed what since the last push: the latest ones, and how many in all. */
export class Activity {
  readonly #hub: HubPort;
  readonly #fanOut: FanOut;
  readonly #coalescer: Coalescer;
  #round = 0;
  #proposals = 0;
  #recent: Entry[] = [];

  constructor(hub: HubPort, fanOut: FanOut, coalescer: Coalescer) {
    this.#hub = hub;
    this.#fanOut = fanOut;
    this.#coalescer = coalescer;
  }

  add(round: number, { publicKey, bpm }: Proposal, proposals: number): void {
    if (round !== this.#round) this.#recent = [];
    this.#round = round;
    this.#proposals = proposals;
    const name = this.#hub.accountOf(publicKey)?.name;
    if (name === undefined) throw new Error("an accepted proposal of nobody");
    this.#recent.push({ publicKey, name, bpm, atMs: Math.floor(this.#hub.nowMs()) });
    if (this.#recent.length > MAX_PUSHED_ROWS) this.#recent.shift();
    this.#coalescer.mark(this.#push);
  }

  /** The round is over: its block says more than what was not yet pushed. */
  stop(): void {
    this.#recent = [];
    this.#coalescer.cancel(this.#push);
  }

  readonly #push = (): void => {
    const recent = this.#recent.map(({ atMs, ...entry }) => ({ ...entry, at: timestampOf(atMs) }));
    this.#fanOut.push(encode({ type: "activity", round: this.#round, proposals: this.#proposals, recent }));
    this.#recent = [];
  };
}
