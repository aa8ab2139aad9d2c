import { BlockSet } from "../../../src/replica/block-set.ts";
import type {
  BlockDetail,
  BlockFilter,
  BlockRow,
  ClientEvent,
  FoundBlocks,
  Outcome,
  Session,
  SessionState,
} from "../../../src/session/session.ts";
import { detail, row, state } from "./sample.ts";

/** A session that a test holds in its hand: it says what the state is, sees what the screen asks for, and answers it. */
export class ScriptedSession implements Session {
  /** What the screen asked for, in order. */
  readonly asked: string[] = [];
  /** Is told at once what the screen asks for. */
  heard: (what: string) => void = () => {};
  /** The answer to what is asked next. */
  answer: Outcome = { ok: true };
  details: (index: number) => BlockDetail | undefined = (index) =>
    index >= 1 && index <= this.#state.tip.index ? detail(index) : undefined;
  #state: SessionState;
  readonly #listeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: ClientEvent) => void>();

  constructor(overrides: Partial<SessionState> = {}) {
    this.#state = state(overrides);
  }

  /** Replaces a part of the state, as the real session does after something came in. */
  set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  emit(event: ClientEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }

  readonly getState = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly onEvent = (listener: (event: ClientEvent) => void): (() => void) => {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  };

  propose = (bpm: number): Promise<Outcome> => this.#note(`propose ${bpm}`);
  readonly bond = (amount: number): Promise<Outcome> => this.#note(`bond ${amount}`);
  readonly unbond = (amount: number): Promise<Outcome> => this.#note(`unbond ${amount}`);
  readonly transfer = (to: string, amount: number): Promise<Outcome> => this.#note(`transfer ${amount} to ${to}`);

  readonly repeat = (bpm: number | null): void => {
    this.#hear(`repeat ${bpm}`);
    this.set({ repeatedBpm: bpm });
  };

  readonly joinNewNetwork = (): void => {
    this.#hear("joinNewNetwork");
  };

  readonly takeNewIdentity = (name?: string): void => {
    this.#hear(`takeNewIdentity ${name ?? ""}`.trim());
  };

  readonly readRows = (from: number, to: number): readonly BlockRow[] => {
    const rows: BlockRow[] = [];
    for (let index = Math.max(1, from); index <= Math.min(to, this.#state.tip.index); index++)
      rows.push(this.rowAt(index));
    return rows;
  };

  rowAt: (index: number) => BlockRow = row;

  readonly findBlocks = ({ winner, bpm, hash }: BlockFilter): FoundBlocks =>
    new BlockSet(this.#state.tip.index, () => (index) => {
      const each = this.rowAt(index);
      return (
        (winner === undefined || each.winnerName?.includes(winner) === true) &&
        (bpm === undefined || each.bpm === bpm) &&
        (hash === undefined || each.hash.startsWith(hash))
      );
    });

  readonly readBlock = (index: number): Promise<BlockDetail | undefined> => {
    this.#hear(`readBlock ${index}`);
    return Promise.resolve(this.details(index));
  };

  readonly stop = (): Promise<void> => {
    this.#hear("stop");
    return Promise.resolve();
  };

  #note(what: string): Promise<Outcome> {
    this.#hear(what);
    return Promise.resolve(this.answer);
  }

  #hear(what: string): void {
    this.asked.push(what);
    this.heard(what);
  }
}
