import type { Hex } from "pos-shared/encoding/hex.ts";
import { encode } from "pos-shared/protocol/codec.ts";
import { MAX_PUSHED_ROWS } from "pos-shared/protocol/limits.ts";
import type { HubPort, ValidatorFacts } from "../sequencer/hub-port.ts";
import type { Coalescer } from "./coalescer.ts";
import type { FanOut } from "./fan-out.ts";
import type { Sessions } from "./sessions.ts";
import { validatorRow } from "./validator-rows.ts";

/** Of rows that did not fit into a push, so many wait for the next; what is beyond is read in pages. */
const MAX_WAITING_ROWS = 1_000;

/** Pushes the validators that changed, most bonded first, and the totals; never the whole list (DESIGN §9). */
export class Changes {
  readonly #hub: HubPort;
  readonly #sessions: Sessions;
  readonly #fanOut: FanOut;
  readonly #coalescer: Coalescer;
  #changed = new Set<Hex>();

  constructor(hub: HubPort, sessions: Sessions, fanOut: FanOut, coalescer: Coalescer) {
    this.#hub = hub;
    this.#sessions = sessions;
    this.#fanOut = fanOut;
    this.#coalescer = coalescer;
  }

  mark(publicKey: Hex): void {
    this.#changed.add(publicKey);
    this.#coalescer.mark(this.#push);
  }

  stop(): void {
    this.#coalescer.cancel(this.#push);
  }

  readonly #push = (): void => {
    const rows: ValidatorFacts[] = [];
    for (const publicKey of this.#changed) {
      const facts = this.#hub.factsOf(publicKey);
      if (facts !== undefined) rows.push(facts);
    }
    this.#changed.clear();
    rows.sort((a, b) => b.account.bonded - a.account.bonded);
    this.#fanOut.push(
      encode({
        type: "changes",
        ...this.#totals(),
        rows: rows.slice(0, MAX_PUSHED_ROWS).map((facts) => validatorRow(facts, this.#sessions)),
      }),
    );
    for (const { account } of rows.slice(MAX_PUSHED_ROWS, MAX_PUSHED_ROWS + MAX_WAITING_ROWS))
      this.mark(account.publicKey);
  };

  /** `total` accounts, `online` logged in, `validators` who may propose now with their `stake`. */
  #totals(): { total: number; online: number; validators: number; stake: number } {
    const { accounts, validators, stake } = this.#hub.status();
    return { total: accounts, online: this.#sessions.online, validators, stake };
  }
}
