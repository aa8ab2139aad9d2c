import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import type { RoundParams } from "pos-shared/chain/round/round-state.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Store } from "../store/store.ts";
import type { RecoveryPort } from "./local-hub-port.ts";
import type { Missing } from "./missing.ts";
import { Recovery } from "./recovery.ts";
import type { Sequencer } from "./sequencer.ts";

export interface RecoveryWatchOptions {
  readonly params: RoundParams;
  readonly store: Store;
  readonly sequencer: Sequencer;
  /** So long clients may give back what the hub lost, from the first one that comes on. */
  readonly patienceMs: number;
  /** Told once it is over: how many blocks came back, and what is still missing, if anything is. */
  readonly onEnd: (blocks: number, missing: Missing | undefined) => void;
}

/** What is shown of a round that comes back is made anew at most so often: for each of its proposals, it would take minutes. */
const VIEW_MS = 1_000;

/**
 * Lets a hub that goes on from a copy rest until its clients have had time to come back: whoever knows later blocks
 * gives them back, and only then rounds go on. Nobody there means nobody to lose anything, so it waits for the first.
 */
export class RecoveryWatch implements RecoveryPort {
  readonly #options: RecoveryWatchOptions;
  readonly #recovery: Recovery;
  readonly #news: Broadcast[] = [];
  #timer: NodeJS.Timeout | undefined;
  #viewTimer: NodeJS.Timeout | undefined;

  constructor(options: RecoveryWatchOptions) {
    this.#options = options;
    this.#recovery = new Recovery(options.params, options.store, (block) => this.#news.push(newsOf(block)));
  }

  /** So long clients may give back what the hub lost. */
  get patienceMs(): number {
    return this.#options.patienceMs;
  }

  readonly onLogin: RecoveryPort["onLogin"] = (lost) => {
    this.#begin();
    if (lost !== null) this.#recovery.noteMissing(lost);
  };

  readonly restore: RecoveryPort["restore"] = (kind, value) => {
    this.#begin();
    const isTaken = this.#recovery.take(kind, value);
    // Whoever gives blocks back goes on from the tip that the hub has then.
    if (isTaken && (kind === "block" || kind === "opening")) this.#show();
    else if (isTaken) this.#viewTimer ??= setTimeout(this.#show, VIEW_MS);
    return isTaken;
  };

  readonly #show = (): void => {
    clearTimeout(this.#viewTimer);
    this.#viewTimer = undefined;
    this.#options.sequencer.dream(this.#recovery.state, this.#news.splice(0));
  };

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#viewTimer);
  }

  #begin(): void {
    if (!this.#options.sequencer.isResting) return;
    this.#timer ??= setTimeout(() => this.#end(), this.#options.patienceMs);
  }

  #end(): void {
    clearTimeout(this.#viewTimer);
    const { missing, blocks } = this.#recovery;
    if (missing === undefined) this.#options.sequencer.wake();
    this.#options.onEnd(blocks, missing);
  }
}

function newsOf(block: Block): Broadcast {
  return { kind: "block", block, lowest: [] };
}
