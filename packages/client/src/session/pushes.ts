/** What the hub pushes, brought to those whom it concerns. */
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { PushOf } from "pos-shared/protocol/hub-messages.ts";
import type { News } from "../connection/hub-channel.ts";
import type { Replica } from "../replica/replica.ts";
import type { PushedBlock } from "../replica/served-block.ts";
import type { NetworkNews } from "./network-news.ts";
import type { RoundBoard } from "./round-board.ts";
import type { ValidatorsView } from "./validators-view.ts";
import type { Vigilance } from "./vigilance.ts";
import { WaitingBlocks } from "./waiting-blocks.ts";

/** An hour of the shortest rounds: nobody is so far behind for so long that as many pushes wait. */
const MOST_WAITING = 32_768;
/** Of pushes that are no blocks, while the tip is not known. */
const MOST_EARLY_BYTES = 8 * 2 ** 20;

type Pushed = Exclude<News, PushOf<"block">>;

export interface PushReaders {
  readonly replica: Replica;
  readonly board: RoundBoard;
  readonly view: ValidatorsView;
  readonly news: NetworkNews;
  readonly vigilance: Vigilance;
  /** Something to be shown was pushed. */
  readonly changed: () => void;
  /** More came than is kept: the connection is to end, for this reason. */
  readonly tooMuch: (reason: string) => void;
  /** A transaction that was accepted goes into no block. */
  readonly dropped: (tx: Hex, code: string) => void;
}

export class Pushes {
  readonly #readers: PushReaders;
  #online = 0;
  readonly #blocks = new WaitingBlocks();
  /** Those that came before their turn, while the tip is not known: what hears each of them. */
  #early: (() => void)[] | undefined;
  #earlyBytes = 0;
  /** Pushes that the replica has not worked off. */
  #waiting = 0;

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
    this.#earlyBytes = 0;
  }

  /** Those that waited are heard, in their order. */
  release(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const hear of early) hear();
  }

  /** Those that waited are of a connection that has ended. */
  forget(): void {
    this.#early = undefined;
  }

  /** @param bytes how long its frame was */
  hear(push: News, bytes: number): void {
    if (push.type === "block") this.#hearBlock(push, bytes);
    else this.#hearOther(push, bytes);
  }

  /** Nothing here may hold the block itself but those that wait, which can forget it. */
  #hearBlock({ block, lowest }: PushOf<"block">, bytes: number): void {
    this.#readers.vigilance.noteBlock(block);
    this.#inTurn(this.#blocks.add({ block, lowest }, bytes));
  }

  #inTurn(take: () => PushedBlock | undefined): void {
    const hear = () => this.#queue(this.#readers.replica.takeWaiting(take));
    if (this.#early === undefined) hear();
    else this.#keep(this.#early, hear, 0);
  }

  #hearOther(push: Pushed, bytes: number): void {
    if (this.#early === undefined) this.#take(push);
    else this.#keep(this.#early, () => this.#take(push), bytes);
  }

  #keep(early: (() => void)[], hear: () => void, bytes: number): void {
    early.push(hear);
    this.#earlyBytes += bytes;
    if (early.length > MOST_WAITING || this.#earlyBytes > MOST_EARLY_BYTES) this.#refuse();
  }

  #refuse(): void {
    this.forget();
    this.#readers.tooMuch("the hub sends more than can be looked at");
  }

  /** Something waits in the replica's queue until it is worked off. */
  #queue(worked: Promise<void>): void {
    this.#waiting += 1;
    void worked.finally(() => {
      this.#waiting -= 1;
    });
    if (this.#waiting > MOST_WAITING) this.#refuse();
  }

  #take(push: Pushed): void {
    const { replica, board, view, news, vigilance, changed, dropped } = this.#readers;
    switch (push.type) {
      case "opening":
        board.noteOpening(push);
        vigilance.noteOpening(push.opening);
        this.#queue(replica.takeOpening(push.opening));
        return;
      case "idle":
        this.#queue(replica.whenSettled().then(() => news.idle()));
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
