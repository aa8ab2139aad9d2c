import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientEvent, Outcome } from "../session/session.ts";
import { type BadLine, type BpmRange, LineSplitter, parseBpmLine } from "./bpm-lines.ts";

/** Lines that may wait for their round. */
const MAX_WAITING = 1_000;

/** BPMs as text, a line each: each waits for a round of its own (DESIGN §10). */
export class BpmQueue {
  readonly #propose: (bpm: number) => Promise<Outcome>;
  readonly #emit: (event: ClientEvent) => void;
  readonly #rangeNow: () => BpmRange | undefined;
  readonly #splitter = new LineSplitter();
  readonly #waiting: number[] = [];
  #work: Promise<void> = Promise.resolve();
  #isWorking = false;
  #fault: ErrorFacts | undefined;
  #hasAccepted = false;

  /** @param rangeNow the network's range of BPMs, once it is known */
  constructor(
    propose: (bpm: number) => Promise<Outcome>,
    emit: (event: ClientEvent) => void,
    rangeNow: () => BpmRange | undefined = () => undefined,
  ) {
    this.#propose = propose;
    this.#emit = emit;
    this.#rangeNow = rangeNow;
  }

  /** Why the last line was refused, where none was accepted. */
  get fault(): ErrorFacts | undefined {
    return this.#hasAccepted ? undefined : this.#fault;
  }

  feed(text: string): void {
    for (const line of this.#splitter.feed(text)) {
      if (line.ok) this.#take(line.value);
      else this.#refuse(line.error);
    }
  }

  /** There will be no more. Resolves when each line has had its answer. */
  async end(): Promise<void> {
    for (const line of this.#splitter.end()) {
      if (line.ok) this.#take(line.value);
      else this.#refuse(line.error);
    }
    await this.#work;
  }

  #take(line: string): void {
    const bpm = parseBpmLine(line, this.#rangeNow());
    if (bpm.ok && this.#waiting.length < MAX_WAITING) {
      this.#waiting.push(bpm.value);
      if (!this.#isWorking) this.#work = this.#workOff();
      return;
    }
    const expected = `at most ${MAX_WAITING} BPMs that wait`;
    this.#refuse(bpm.ok ? { line, fault: { code: "RATE_LIMITED", expected, actual: line } } : bpm.error);
  }

  async #workOff(): Promise<void> {
    this.#isWorking = true;
    // The next one may go as soon as this one has its answer: it waits for the next round by itself.
    for (let bpm = this.#waiting[0]; bpm !== undefined; bpm = this.#waiting[0]) {
      const outcome = await this.#propose(bpm);
      if (outcome.ok) this.#hasAccepted = true;
      else this.#fault = outcome.fault;
      this.#waiting.shift();
    }
    this.#isWorking = false;
  }

  #refuse({ line, fault }: BadLine): void {
    this.#fault = fault;
    this.#emit({ event: "rejected", code: fault.code, message: sentenceOf(fault), bpm: line });
  }
}
