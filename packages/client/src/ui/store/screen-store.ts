import type { Session, SessionState } from "../../session/session.ts";
import { ChainReader } from "../chain/chain-reader.ts";
import type { Action } from "../state/actions.ts";
import type { Context, Size } from "../state/context.ts";
import type { Effect } from "../state/effects.ts";
import { reduce } from "../state/reduce.ts";
import type { UiState } from "../state/ui-state.ts";

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

/** The one store of the screen: session, own state, size and clock. */
export class ScreenStore {
  readonly reader: ChainReader;
  readonly #input: StoreInput;
  readonly #listeners = new Set<() => void>();
  #state: ScreenState;

  constructor(input: StoreInput) {
    this.#input = input;
    this.reader = new ChainReader(input.session);
    const { ui, size, isSpectator } = input;
    this.#state = { session: input.session.getState(), ui, size, nowMs: input.now(), isSpectator };
  }

  readonly getState = (): ScreenState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly dispatch = (action: Action): void => {
    const { ui, effects } = reduce(this.#state.ui, action, this.#context());
    this.#replace({ ui });
    for (const effect of effects) this.#input.perform(effect);
  };

  /** Looks at the session as it stands at the start, or has moved on to while the screen was being made. */
  begin(): void {
    this.#state = { ...this.#state, session: this.#input.session.getState() };
    this.dispatch({ type: "session", before: this.#state.session });
  }

  /** Takes over the session's present state. */
  readonly readSession = (): void => {
    const before = this.#state.session;
    const session = this.#input.session.getState();
    if (session === before) return;
    this.#state = { ...this.#state, session, nowMs: this.#input.now() };
    this.dispatch({ type: "session", before });
  };

  readonly tick = (): void => {
    const beforeMs = this.#state.nowMs;
    this.#state = { ...this.#state, nowMs: this.#input.now() };
    this.dispatch({ type: "tick", beforeMs });
  };

  readonly resize = (size: Size): void => {
    this.#state = { ...this.#state, size };
    this.dispatch({ type: "resized" });
  };

  #context(): Context {
    const { session, size, nowMs, isSpectator } = this.#state;
    return { session, reader: this.reader, size, nowMs, isSpectator, bell: this.#input.bell };
  }

  #replace(change: Partial<ScreenState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
