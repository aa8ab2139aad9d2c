import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { Cancel, Runtime } from "../runtime.ts";
import { backOffMs } from "./back-off.ts";
import type { Dial } from "./dial.ts";
import { type Hello, HubChannel, type News } from "./hub-channel.ts";
import { HubClock } from "./hub-clock.ts";

export type LinkState =
  | { readonly phase: "connecting"; readonly attempt: number }
  | { readonly phase: "online" }
  /** `retryAtMs` by the machine's own clock; `attempt` counts the failures in a row. */
  | { readonly phase: "offline"; readonly reason: string; readonly attempt: number; readonly retryAtMs: number }
  /** Ended for good, until `restart`. */
  | { readonly phase: "refused"; readonly fault: ErrorFacts }
  | { readonly phase: "stopped" };

/** What came of greeting the hub. */
export type Greeting =
  | { readonly kind: "ready" }
  | { readonly kind: "retry"; readonly reason: string }
  | { readonly kind: "refused"; readonly fault: ErrorFacts };

/** A connection that held so long clears its hub of what it did before. */
const GOOD_AFTER_MS = 60_000;

export interface LinkHandlers {
  /** The hub said hello: does what it takes until the connection is of use, as logging in. */
  readonly greet: (channel: HubChannel, hello: Hello) => Promise<Greeting>;
  readonly heard: (news: News, bytes: number) => void;
  readonly changed: (state: LinkState) => void;
}

export interface LinkSetup {
  readonly url: string;
  readonly dial: Dial;
  readonly runtime: Runtime;
}

/** Keeps a connection to one hub: dials, greets, and dials again with jittered back-off whenever it ends (DESIGN §10). */
export class HubLink {
  readonly clock = new HubClock();
  readonly #setup: LinkSetup;
  readonly #handlers: LinkHandlers;
  #channel: HubChannel | undefined;
  #state: LinkState = { phase: "stopped" };
  #failures = 0;
  /** How often in a row a connection was ended over what the hub did. */
  #misdeeds = 0;
  #onlineSinceMs = 0;
  #cancelRetry: Cancel = () => {};

  constructor(setup: LinkSetup, handlers: LinkHandlers) {
    this.#setup = setup;
    this.#handlers = handlers;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** The connection, once it is of use. */
  get channel(): HubChannel | undefined {
    return this.#state.phase === "online" ? this.#channel : undefined;
  }

  start(): void {
    if (this.#state.phase === "stopped") this.#dial();
  }

  /** Ends the connection over something that the hub did, in words; tried again ever later. */
  fail(reason: string): void {
    if (this.#channel === undefined) return;
    this.#countMisdeed();
    this.#leave(reason);
    this.#retry(reason);
  }

  /** Leaves the connection there is, whatever its state, and dials at once. */
  restart(reason: string): void {
    this.#leave(reason);
    this.#failures = 0;
    this.#dial();
  }

  stop(): void {
    this.#leave("stopped");
    this.#become({ phase: "stopped" });
  }

  #countMisdeed(): void {
    const { runtime } = this.#setup;
    const wasGood = this.#state.phase === "online" && runtime.monotonicMs() - this.#onlineSinceMs >= GOOD_AFTER_MS;
    this.#misdeeds = wasGood ? 1 : this.#misdeeds + 1;
  }

  #leave(reason: string): void {
    this.#cancelRetry();
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.drop(reason);
  }

  #dial(): void {
    this.clock.reset();
    this.#become({ phase: "connecting", attempt: this.#failures + 1 });
    const channel: HubChannel = new HubChannel(
      { ...this.#setup, clock: this.clock },
      {
        greeted: (hello) => void this.#greet(channel, hello),
        heard: (news, bytes) => {
          if (this.#channel === channel) this.#handlers.heard(news, bytes);
        },
        ended: (reason, isMisdeed) => {
          if (this.#channel !== channel) return;
          if (isMisdeed) this.#countMisdeed();
          this.#retry(reason);
        },
      },
    );
    this.#channel = channel;
  }

  async #greet(channel: HubChannel, hello: Hello): Promise<void> {
    const greeting = await this.#handlers.greet(channel, hello);
    // It may have ended meanwhile.
    if (this.#channel !== channel) return;
    if (greeting.kind === "ready") {
      this.#failures = 0;
      this.#onlineSinceMs = this.#setup.runtime.monotonicMs();
      this.#become({ phase: "online" });
    } else if (greeting.kind === "retry") {
      this.#leave(greeting.reason);
      this.#retry(greeting.reason);
    } else {
      this.#leave("refused");
      this.#become({ phase: "refused", fault: greeting.fault });
    }
  }

  #retry(reason: string): void {
    this.#channel = undefined;
    this.#failures++;
    const { runtime } = this.#setup;
    const delayMs = backOffMs(Math.max(this.#failures, this.#misdeeds), runtime.random());
    this.#cancelRetry = runtime.schedule(delayMs, () => this.#dial());
    this.#become({ phase: "offline", reason, attempt: this.#failures, retryAtMs: runtime.nowMs() + delayMs });
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.#handlers.changed(state);
  }
}
