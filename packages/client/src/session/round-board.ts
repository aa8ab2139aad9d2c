import type { Genesis } from "pos-shared/model/genesis.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { PushOf, ReplyOf } from "pos-shared/protocol/hub-messages.ts";
import type { HubClock } from "../connection/hub-clock.ts";
import type { Runtime } from "../runtime.ts";
import type { ProposalSeen, RoundView } from "./session.ts";

/** Newest proposals that a screen can show. */
const KEPT_SEEN = 64;

interface Coming {
  readonly round: number;
  readonly validators: number;
  readonly stake: number;
  readonly proposals: number;
  /** Length of the round; unknown where it was open before. */
  readonly roundMs: number | undefined;
}

/** The open round as a screen shows it. What the hub counts is its word; the opening is signed. */
export class RoundBoard {
  readonly #runtime: Runtime;
  readonly #clock: HubClock;
  #opening: Opening | undefined;
  #roundMs = 0;
  /** The most that had anything bonded at a time since the round opened: one who takes its stake back could propose in it. */
  #validators = 0;
  /** Bonded just now. */
  #stake = 0;
  #proposals = 0;
  #seen: readonly ProposalSeen[] = [];
  /** What the hub said with an opening that is not checked yet. */
  #coming: Coming | undefined;

  constructor(runtime: Runtime, clock: HubClock) {
    this.#runtime = runtime;
    this.#clock = clock;
  }

  get round(): number | undefined {
    return this.#opening?.round;
  }

  get counts(): { readonly validators: number; readonly stake: number } {
    return { validators: this.#validators, stake: this.#stake };
  }

  /** What came with an announcement. */
  noteOpening({ opening, validators, stake, time }: PushOf<"opening">): void {
    if (opening.round < (this.#opening?.round ?? 0)) return;
    const roundMs = Math.max(0, millisecondsOf(opening.closesAt) - time);
    this.#coming = { round: opening.round, validators, stake, proposals: 0, roundMs };
  }

  noteSubscribed({ opening, validators, stake, proposals }: ReplyOf<"subscribed">): void {
    if (opening === null) this.close();
    else this.#coming = { round: opening.round, validators, stake, proposals, roundMs: undefined };
  }

  /** A checked opening. Says whether the round is a new one. */
  open(opening: Opening, genesis: Genesis): boolean {
    const isNew = opening.round !== this.#opening?.round;
    this.#opening = opening;
    const coming = this.#coming?.round === opening.round ? this.#coming : undefined;
    if (isNew) {
      this.#seen = [];
      this.#proposals = 0;
      if (coming !== undefined) this.#validators = 0;
      // The hub may run rounds of another length than genesis names.
      this.#roundMs = Math.max(this.#roundMs === 0 ? genesis.roundMs : this.#roundMs, this.leftMs(opening));
    }
    if (coming !== undefined) {
      this.#validators = Math.max(this.#validators, coming.validators);
      this.#stake = coming.stake;
      this.#proposals = Math.max(this.#proposals, coming.proposals);
      this.#roundMs = coming.roundMs ?? this.#roundMs;
    }
    return isNew;
  }

  noteActivity({ round, proposals, recent }: PushOf<"activity">): void {
    if (round !== this.#opening?.round) return;
    this.#proposals = Math.max(this.#proposals, proposals);
    const news = recent.map(({ publicKey, name, bpm, at }) => ({ publicKey, name, bpm, atMs: this.#toLocalMs(at) }));
    this.#seen = [...news.reverse(), ...this.#seen].slice(0, KEPT_SEEN);
  }

  noteChanges({ validators, stake }: PushOf<"changes">): void {
    const coming = this.#coming;
    // It may come while an announcement is still being checked.
    if (coming !== undefined) this.#coming = { ...coming, validators: Math.max(coming.validators, validators), stake };
    this.#validators = this.#opening === undefined ? validators : Math.max(this.#validators, validators);
    this.#stake = stake;
  }

  close(): void {
    this.#opening = undefined;
  }

  /** What is left of a round, by the hub's clock. */
  leftMs({ closesAt }: Opening): number {
    return this.#toLocalMs(closesAt) - this.#runtime.nowMs();
  }

  view(): RoundView | null {
    if (this.#opening === undefined) return null;
    return {
      opening: this.#opening,
      roundMs: this.#roundMs,
      closesAtMs: this.#toLocalMs(this.#opening.closesAt),
      // Whoever has proposed could.
      validators: Math.max(this.#validators, this.#proposals),
      stake: this.#stake,
      proposals: this.#proposals,
      seen: this.#seen,
    };
  }

  /** A moment of the hub's clock by this machine's, whatever that one says. */
  #toLocalMs(timestamp: string): number {
    const atMs = millisecondsOf(timestamp);
    const monotonicMs = this.#clock.toMonotonicMs(atMs);
    return monotonicMs === undefined
      ? atMs
      : Math.round(monotonicMs - this.#runtime.monotonicMs() + this.#runtime.nowMs());
  }
}
