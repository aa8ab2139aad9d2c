/** What the hub pushes, brought to those whom it concerns. */
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { News } from "../connection/hub-channel.ts";
import type { Replica } from "../replica/replica.ts";
import type { NetworkNews } from "./network-news.ts";
import type { RoundBoard } from "./round-board.ts";
import type { ValidatorsView } from "./validators-view.ts";
import type { Vigilance } from "./vigilance.ts";

export interface PushReaders {
  readonly replica: Replica;
  readonly board: RoundBoard;
  readonly view: ValidatorsView;
  readonly news: NetworkNews;
  readonly vigilance: Vigilance;
  /** Something to be shown was pushed. */
  readonly changed: () => void;
  /** A transaction that was accepted goes into no block. */
  readonly dropped: (tx: Hex, code: string) => void;
}

export class Pushes {
  readonly #readers: PushReaders;
  #online = 0;
  /** Those that came before their turn, while the tip is not known. */
  #early: News[] | undefined;

  constructor(readers: PushReaders) {
    this.#readers = readers;
  }

  /** How many validators are connected to the hub. */
  get online(): number {
    return this.#online;
  }

  noteOnline(online: number): void {
    this.#online = online;
  }

  /** From now on pushes wait, until `release`. */
  hold(): void {
    this.#early = [];
  }

  /** Those that waited are heard, in their order. */
  release(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const news of early) this.hear(news);
  }

  /** Those that waited are of a connection that has ended. */
  forget(): void {
    this.#early = undefined;
  }

  hear(push: News): void {
    if (this.#early !== undefined) {
      this.#early.push(push);
      return;
    }
    const { replica, board, view, news, vigilance, changed, dropped } = this.#readers;
    switch (push.type) {
      case "opening":
        board.noteOpening(push);
        vigilance.noteOpening(push.opening);
        void replica.takeOpening(push.opening);
        return;
      case "block":
        vigilance.noteBlock(push.block);
        void replica.takeBlock(push.block, push.lowest);
        return;
      case "idle":
        void replica.whenSettled().then(() => news.idle());
        return;
      case "activity":
        board.noteActivity(push);
        break;
      case "changes":
        board.noteChanges(push);
        this.#online = push.online;
        view.takeRows(push.rows);
        break;
      case "dropped":
        dropped(push.tx, push.code);
        break;
      case "slashed":
        // Told when a block records it.
        break;
    }
    changed();
  }
}
