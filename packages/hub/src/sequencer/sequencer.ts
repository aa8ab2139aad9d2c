/**
 * The only writer. It feeds messages and the clock to the round machine and performs what comes back: whatever arrives
 * in one turn of the event loop is made durable together, then answered, then told to everybody (DESIGN §3, §9).
 */
import type { Broadcast, Effect, PersistRecord } from "pos-shared/chain/round/effects.ts";
import { honestMachine, type RoundMachine } from "pos-shared/chain/round/machine.ts";
import { type RoundInput, resumeRounds, startRounds } from "pos-shared/chain/round/round-machine.ts";
import type { RoundParams, RoundState } from "pos-shared/chain/round/round-state.ts";
import type { Store } from "../store/store.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { HubClock } from "./hub-clock.ts";
import type { Outcome } from "./hub-port.ts";
import { resumeFrom } from "./resume.ts";

/** How long one turn may work before it commits and lets sockets be read again, in milliseconds. */
const TURN_BUDGET_MS = 20;

/** After the store failed, a due round is tried again so often, in milliseconds. */
const RETRY_MS = 500;

/** Longest wait that a timer of the runtime takes, in milliseconds. */
const LONGEST_TIMER_MS = 2_147_483_647;

interface Pending {
  readonly input: RoundInput;
  readonly done: (outcome: Outcome) => void;
}

export interface SequencerOptions {
  readonly params: RoundParams;
  readonly store: Store;
  readonly clock: HubClock;
  /** The honest one, if not given. */
  readonly machine?: RoundMachine;
  readonly telemetry?: Pick<Telemetry, "committed" | "roundClosed">;
  /** Takes nothing in and closes no round until it is woken: the hub takes back what it lost first. */
  readonly isResting?: boolean;
  /** Told when the store refuses a commit, and once when it takes one again. */
  readonly onStoreState?: (failure: unknown) => void;
}

export class Sequencer {
  readonly params: RoundParams;
  readonly #store: Store;
  readonly #clock: HubClock;
  readonly #machine: RoundMachine;
  readonly #telemetry: SequencerOptions["telemetry"];
  readonly #onStoreState: NonNullable<SequencerOptions["onStoreState"]>;
  readonly #listeners = new Set<(broadcast: Broadcast) => void>();
  #state: RoundState;
  /** News of the start, until there is somebody to hear it. */
  #firstEffects: readonly Effect[];
  #queue: Pending[] = [];
  #isTurnDue = false;
  #hasFailed = false;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #isResting: boolean;

  constructor(options: SequencerOptions) {
    this.params = options.params;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#machine = options.machine ?? honestMachine;
    this.#telemetry = options.telemetry;
    this.#onStoreState = options.onStoreState ?? (() => {});
    this.#isResting = options.isResting ?? false;
    const resumed = resumeFrom(options.params.network, this.#store.load());
    if (this.#isResting) {
      this.#state = resumeRounds(this.params, resumed).state;
      this.#firstEffects = [];
      return;
    }
    const step = startRounds(this.params, resumed, this.#clock.nowMs());
    this.#store.commit(recordsOf(step.effects));
    this.#state = step.state;
    this.#firstEffects = step.effects;
  }

  /** Proposals and transactions that wait for their turn. */
  get queued(): number {
    return this.#queue.length;
  }

  get isResting(): boolean {
    return this.#isResting;
  }

  /** While it rests: what it would go on from has changed, and what there is to tell of it. */
  dream(state: RoundState, news: readonly Broadcast[]): void {
    if (!this.#isResting) throw new Error("a sequencer that is awake knows its own state");
    this.#state = state;
    this.#broadcast(news.map((broadcast) => ({ kind: "broadcast", broadcast })));
  }

  /** Goes on from what the store holds, as at a start. @throws StoreError */
  wake(): void {
    const step = startRounds(this.params, resumeFrom(this.params.network, this.#store.load()), this.#clock.nowMs());
    this.#store.commit(recordsOf(step.effects));
    this.#isResting = false;
    this.#state = step.state;
    this.#broadcast(step.effects);
    this.#setTimer();
  }

  /** Tells what the start itself did, as sealing an interrupted round, and begins to watch the clock. */
  start(): void {
    this.#broadcast(this.#firstEffects);
    this.#firstEffects = [];
    this.#setTimer();
  }

  /** The state after everything that is durable. */
  get state(): RoundState {
    return this.#state;
  }

  /** Hands an input in; the outcome comes when it is durable, before any broadcast of it. */
  submit(input: RoundInput, done: (outcome: Outcome) => void): void {
    if (this.#isResting) {
      done({ kind: "recovering" });
      return;
    }
    this.#queue.push({ input, done });
    this.#scheduleTurn();
  }

  onBroadcast(listener: (broadcast: Broadcast) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Finishes what was handed in, then takes no more. */
  stop(): void {
    while (this.#queue.length > 0) this.#turn();
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #scheduleTurn(): void {
    if (this.#isTurnDue || this.#isStopped) return;
    this.#isTurnDue = true;
    // After this turn's sockets have been read, so that all that they brought is one commit.
    setImmediate(() => {
      this.#isTurnDue = false;
      if (this.#isStopped) return;
      this.#turn();
      if (this.#queue.length > 0) this.#scheduleTurn();
    });
  }

  /** Works off the queue for one budget of time; then one commit, the answers, the broadcasts. */
  #turn(): void {
    const before = this.#state;
    const startedMs = this.#clock.elapsedMs();
    const effects: Effect[] = [];
    const answered: { done: Pending["done"]; outcome: Outcome }[] = [];
    let taken = 0;
    for (const { input, done } of this.#queue) {
      const step = this.#machine.apply(this.params, this.#state, input, this.#clock.nowMs());
      this.#state = step.state;
      taken += 1;
      effects.push(...step.effects);
      const answer = step.effects.find((effect) => effect.kind === "answer");
      if (answer !== undefined) answered.push({ done, outcome: answer.answer });
      if (this.#clock.elapsedMs() - startedMs > TURN_BUDGET_MS) break;
    }
    const handled = this.#queue.slice(0, taken);
    this.#queue = this.#queue.slice(taken);
    if (!this.#commit(recordsOf(effects))) {
      this.#state = before;
      for (const { done } of handled) done({ kind: "storeFailed" });
      this.#setTimer();
      return;
    }
    this.#observeClose(before);
    for (const { done, outcome } of answered) done(outcome);
    this.#broadcast(effects);
    this.#setTimer();
  }

  #commit(records: readonly PersistRecord[]): boolean {
    if (records.length === 0) return true;
    const startedMs = this.#clock.elapsedMs();
    try {
      this.#store.commit(records);
    } catch (failure) {
      this.#hasFailed = true;
      this.#onStoreState(failure);
      return false;
    }
    this.#telemetry?.committed(this.#clock.elapsedMs() - startedMs, records.length);
    if (this.#hasFailed) this.#onStoreState(undefined);
    this.#hasFailed = false;
    return true;
  }

  #observeClose({ open }: RoundState): void {
    if (open === undefined || this.#state.open?.opening.round === open.opening.round) return;
    this.#telemetry?.roundClosed(this.#clock.nowMs() - Date.parse(open.opening.closesAt));
  }

  #broadcast(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== "broadcast") continue;
      for (const listener of this.#listeners) listener(effect.broadcast);
    }
  }

  /** Wakes at the open round's close. The machine decides by the clock, whenever it is woken. */
  #setTimer(): void {
    clearTimeout(this.#timer);
    const wakeMs = this.#machine.nextWakeMs(this.#state);
    if (wakeMs === undefined || this.#isStopped || this.#isResting) return;
    const waitMs = Math.max(wakeMs - this.#clock.nowMs(), this.#hasFailed ? RETRY_MS : 0);
    this.#timer = setTimeout(() => this.#submitTick(), Math.min(waitMs, LONGEST_TIMER_MS));
  }

  #submitTick(): void {
    this.#queue.unshift({ input: { kind: "tick" }, done: () => {} });
    this.#turn();
  }
}

function recordsOf(effects: readonly Effect[]): PersistRecord[] {
  return effects.flatMap((effect) => (effect.kind === "persist" ? [effect.record] : []));
}
