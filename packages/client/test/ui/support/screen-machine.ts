import type { SessionState } from "../../../src/session/session.ts";
import { ChainReader } from "../../../src/ui/chain/chain-reader.ts";
import type { KeyPress } from "../../../src/ui/keys/key-press.ts";
import type { Action } from "../../../src/ui/state/actions.ts";
import type { Context } from "../../../src/ui/state/context.ts";
import type { Effect } from "../../../src/ui/state/effects.ts";
import { reduce } from "../../../src/ui/state/reduce.ts";
import { type InitialUi, initialUi, type UiState } from "../../../src/ui/state/ui-state.ts";
import { NOW_MS } from "./sample.ts";
import { ScriptedSession } from "./scripted-session.ts";

export interface MachineOptions {
  readonly state?: Partial<SessionState>;
  readonly ui?: Partial<InitialUi>;
  readonly columns?: number;
  readonly rows?: number;
  readonly isSpectator?: boolean;
  readonly bell?: boolean;
}

/** The pure part of the screen, driven by hand: keys in, state and effects out. */
export class ScreenMachine {
  readonly session: ScriptedSession;
  readonly effects: Effect[] = [];
  ui: UiState;
  nowMs = NOW_MS;
  readonly #reader: ChainReader;
  readonly #options: MachineOptions;
  #size: { columns: number; rows: number };

  constructor(options: MachineOptions = {}) {
    this.#options = options;
    this.#size = { columns: options.columns ?? 84, rows: options.rows ?? 22 };
    this.session = new ScriptedSession(options.state);
    this.#reader = new ChainReader(this.session);
    this.ui = initialUi({ theme: "dark", asksForStake: false, showsHints: false, log: [], ...options.ui });
  }

  get context(): Context {
    const { isSpectator = false, bell = true } = this.#options;
    return {
      session: this.session.getState(),
      reader: this.#reader,
      size: this.#size,
      nowMs: this.nowMs,
      isSpectator,
      bell,
    };
  }

  act(action: Action): this {
    const { ui, effects } = reduce(this.ui, action, this.context);
    this.ui = ui;
    this.effects.push(...effects);
    return this;
  }

  /** Presses keys by their names, separated by blanks: `7 2 Enter`. */
  press(names: string): this {
    for (const name of names.split(" ")) this.act({ type: "key", key: keyOf(name) });
    return this;
  }

  /** Types a text, key by key. */
  type(text: string): this {
    for (const character of text) this.act({ type: "key", key: { name: character, isPrintable: true } });
    return this;
  }

  /** The session moves on. */
  moveOn(change: Partial<SessionState>): this {
    const before = this.session.getState();
    this.session.set(change);
    return this.act({ type: "session", before });
  }

  /** Time passes. */
  pass(ms: number): this {
    const beforeMs = this.nowMs;
    this.nowMs += ms;
    return this.act({ type: "tick", beforeMs });
  }

  /** The terminal has another size. */
  resize(columns: number, rows: number): this {
    this.#size = { columns, rows };
    return this.act({ type: "resized" });
  }

  /** The effects since the last call. */
  take(): readonly Effect[] {
    return this.effects.splice(0);
  }
}

function keyOf(name: string): KeyPress {
  return { name, isPrintable: [...name].length === 1 };
}
