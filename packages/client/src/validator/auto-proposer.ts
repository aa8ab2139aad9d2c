import type { BpmPlan } from "../config/client-config.ts";
import type { Cancel, Runtime } from "../runtime.ts";
import type { Proposer } from "./proposer.ts";
import { type BpmRange, nextPulse } from "./pulse.ts";

/** In which part of what is left of a round a proposal is sent, chosen by chance, so that many do not come at once. */
export interface Spread {
  readonly from: number;
  readonly to: number;
}

/** Proposes every round by a plan: always the same BPM, or a plausible random one. */
export class AutoProposer {
  readonly #proposer: Proposer;
  readonly #runtime: Runtime;
  readonly #networkRange: BpmRange;
  readonly #spread: Spread;
  readonly #canPropose: () => boolean;
  #plan: BpmPlan;
  #last: number | undefined;
  #cancel: Cancel = () => {};

  constructor(
    proposer: Proposer,
    runtime: Runtime,
    options: {
      readonly plan: BpmPlan;
      readonly networkRange: BpmRange;
      readonly spread: Spread;
      readonly canPropose: () => boolean;
    },
  ) {
    this.#proposer = proposer;
    this.#runtime = runtime;
    this.#plan = options.plan;
    this.#networkRange = options.networkRange;
    this.#spread = options.spread;
    this.#canPropose = options.canPropose;
  }

  get plan(): BpmPlan {
    return this.#plan;
  }

  /** From now on, in the open round too where nothing was proposed in it. */
  follow(plan: BpmPlan): void {
    this.#plan = plan;
    this.#cancel();
    if (plan.kind !== "ask") this.#propose();
  }

  /** @param leftMs what is left of the round; negative where it is over */
  takeOpening(leftMs: number): void {
    this.#cancel();
    if (this.#plan.kind === "ask" || leftMs < 0) return;
    const { from, to } = this.#spread;
    const share = from + this.#runtime.random() * (to - from);
    this.#cancel = this.#runtime.schedule(leftMs * share, () => this.#propose());
  }

  stop(): void {
    this.#cancel();
    this.#plan = { kind: "ask" };
  }

  #propose(): void {
    if (this.#proposer.opening === undefined || this.#proposer.hasProposed || !this.#canPropose()) return;
    // Somebody's own wish goes first.
    if (this.#proposer.queuedBpm !== null) return;
    const bpm = this.#nextBpm();
    if (bpm !== undefined) void this.#proposer.propose(bpm);
  }

  #nextBpm(): number | undefined {
    switch (this.#plan.kind) {
      case "ask":
        return undefined;
      case "fixed":
        return this.#plan.bpm;
      case "random":
        this.#last = nextPulse(this.#last, this.#plan.range ?? this.#networkRange, this.#runtime.random());
        return this.#last;
    }
  }
}
