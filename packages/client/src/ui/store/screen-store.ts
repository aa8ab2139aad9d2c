import type { ClientEvent, Session, SessionState } from "../../session/session.ts";
import { ChainReader } from "../chain/chain-reader.ts";
import type { Action } from "../state/actions.ts";
import type { Context, Size } from "../state/context.ts";
import type { Effect } from "../state/effects.ts";
import { reduce } from "../state/reduce.ts";
import type { UiState } from "../state/ui-state.ts";
import { isSilent } from "../words/log.ts";

/** All that the screen shows, as one immutable value. */
export interface ScreenState {
  readonly session: SessionState;
  readonly ui: UiState;
  readonly size: Size;
  /** By the local clock; moves once a second, and faster only while a draw is played. */
  readonly nowMs: number;
  readonly isSpectator: boolean;
}

export interface StoreInput {
  readonly session: Session;
  readonly ui: UiState;
  readonly size: Size;
  readonly isSpectator: boolean;
  readonly bell: boolean;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /** Performs an effect; may answer with an action later. */
  readonly perform: (effect: Effect) => void;
}

const MOST_WAITING_EVENTS = 300;

/** The one store of the screen: session, own state, size and clock. */
export class ScreenStore {
  readonly reader: ChainReader;
  readonly #input: StoreInput;
  readonly #listeners = new Set<() => void>();
  readonly #events: ClientEvent[] = [];
  #tickedAtMs: number;
  #state: ScreenState;

  constructor(input: StoreInput) {
    this.#input = input;
    this.reader = new ChainReader(input.session);
    const { ui, size, isSpectator } = input;
    this.#tickedAtMs = input.now();
    this.#state = { session: input.session.getState(), ui, size, nowMs: input.now(), isSpectator };
  }

  readonly getState = (): ScreenState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly dispatch = (action: Action): void => this.#run([action]);

  /** Looks at the session as it stands at the start, or has moved on to while the screen was being made. */
  begin(): void {
    const session = this.#input.session.getState();
    this.#state = { ...this.#state, session };
    this.#run([{ type: "session", before: session }]);
  }

  /** Takes over the session's present state, and what happened until now. */
  readonly readSession = (): void => {
    const before = this.#state.session;
    const session = this.#input.session.getState();
    this.#state = { ...this.#state, session, nowMs: this.#input.now() };
    this.#run([...this.#takeEvents(), ...(session === before ? [] : [{ type: "session", before } as const])]);
  };

  /** Keeps an event until the session's state follows (a catch-up brings thousands a second), at most until the next tick. */
  readonly noteEvent = (event: ClientEvent): void => {
    if (isSilent(event)) return;
    this.#events.push(event);
    if (this.#events.length > MOST_WAITING_EVENTS) this.#events.shift();
  };

  readonly tick = (): void => {
    const beforeMs = this.#tickedAtMs;
    this.#tickedAtMs = this.#input.now();
    this.#state = { ...this.#state, nowMs: this.#tickedAtMs };
    this.#run([...this.#takeEvents(), { type: "tick", beforeMs }]);
  };

  readonly resize = (size: Size): void => {
    this.#state = { ...this.#state, size };
    this.#run([{ type: "resized" }]);
  };

  #takeEvents(): readonly Action[] {
    return this.#events.splice(0).map((event) => ({ type: "event", event }));
  }

  /** Reduces all actions, tells the listeners once, then performs the effects in their order. */
  #run(actions: readonly Action[]): void {
    const effects: Effect[] = [];
    for (const action of actions) {
      const step = reduce(this.#state.ui, action, this.#context());
      this.#state = { ...this.#state, ui: step.ui };
      effects.push(...step.effects);
    }
    for (const listener of this.#listeners) listener();
    for (const effect of effects) this.#input.perform(effect);
  }

  #context(): Context {
    const { session, size, nowMs, isSpectator } = this.#state;
    return { session, reader: this.reader, size, nowMs, isSpectator, bell: this.#input.bell };
  }
}
