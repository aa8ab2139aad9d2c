import { err, ok, type Result } from "pos-shared/model/result.ts";
import { isErrorCode } from "pos-shared/protocol/error-codes.ts";
import type { Reply, ReplyOf } from "pos-shared/protocol/hub-messages.ts";
import type { RequestType } from "pos-shared/protocol/requests.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { Cancel, Runtime } from "../runtime.ts";
import type { RequestFailure } from "./request-failure.ts";

/** Which reply answers which request; a refusal answers any. */
const REPLY_TO = {
  genesis: "genesis",
  login: "welcome",
  subscribe: "subscribed",
  propose: "accepted",
  transact: "receipted",
  blocks: "blocks",
  proposals: "proposals",
  prove: "proofs",
  validators: "validators",
  account: "account",
  restore: "restored",
  ping: "pong",
} as const satisfies Record<RequestType, Exclude<Reply["type"], "error">>;

export type ReplyTo<T extends RequestType> = Extract<Reply, { readonly type: (typeof REPLY_TO)[T] }>;

/** Long answers: as long as something comes over a slow line, they may be on their way, within bounds. */
const LONG: ReadonlySet<RequestType> = new Set(["genesis", "subscribe", "blocks", "validators", "ping"]);

/** A line that brings less is none. */
const LEAST_BYTES_PER_S = 512;
/** More than this never lies on an honest hub's line before an answer: two frames of the largest size. */
const MOST_BYTES_BEFORE = 32 * 2 ** 20;
/** However slow the line. */
const LONGEST_MS = 10 * 60_000;

interface Waiting {
  readonly type: RequestType;
  readonly settle: (outcome: Result<Reply, RequestFailure>) => void;
  readonly sentAtMs: number;
  /** What had come over the connection then. */
  readonly sentAtBytes: number;
  cancelTimer: Cancel;
}

/** The requests of one connection that wait for their replies, by id. */
export class PendingRequests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #runtime: Runtime;
  readonly #receivedBytes: () => number;

  /** @param receivedBytes what came over the connection so far */
  constructor(runtime: Runtime, receivedBytes: () => number) {
    this.#runtime = runtime;
    this.#receivedBytes = receivedBytes;
  }

  /**
   * @param timeoutMs after which the answer counts as lost; for a long one, of silence on the line. However much comes
   * instead of it, and however slowly, it is not waited for without end.
   */
  add(id: string, type: RequestType, timeoutMs: number): Promise<Result<Reply, RequestFailure>> {
    return new Promise((resolve) => {
      const sentAtMs = this.#runtime.monotonicMs();
      const waiting: Waiting = {
        type,
        settle: resolve,
        sentAtMs,
        sentAtBytes: this.#receivedBytes(),
        cancelTimer: () => {},
      };
      this.#waiting.set(id, waiting);
      this.#watch(id, waiting, timeoutMs);
    });
  }

  #watch(id: string, waiting: Waiting, timeoutMs: number): void {
    const before = this.#receivedBytes();
    waiting.cancelTimer = this.#runtime.schedule(timeoutMs, () => {
      if (this.#mayStillCome(waiting, (LEAST_BYTES_PER_S * timeoutMs) / 1_000, before)) {
        return this.#watch(id, waiting, timeoutMs);
      }
      this.#waiting.delete(id);
      const waitedS = Math.round((this.#runtime.monotonicMs() - waiting.sentAtMs) / 100) / 10;
      waiting.settle(err({ kind: "lost", reason: `no answer to ${waiting.type} within ${waitedS} s` }));
    });
  }

  #mayStillCome({ type, sentAtMs, sentAtBytes }: Waiting, leastBytes: number, before: number): boolean {
    const received = this.#receivedBytes();
    return (
      LONG.has(type) &&
      received - before >= leastBytes &&
      received - sentAtBytes <= MOST_BYTES_BEFORE &&
      this.#runtime.monotonicMs() - sentAtMs < LONGEST_MS
    );
  }

  /** Settles what a reply answers. Returns what is wrong with the reply, if anything is. */
  take(reply: Reply): string | undefined {
    if (reply.type === "error") {
      if (!isErrorCode(reply.code)) return `the hub refused with the unknown code ${reply.code}`;
      if (reply.re === null) return sentenceOf(faultOf(reply));
    }
    if (reply.re === null) return "the hub answered nothing in particular";
    const waiting = this.#waiting.get(reply.re);
    // It came after its time-out.
    if (waiting === undefined) return undefined;
    if (reply.type !== "error" && reply.type !== REPLY_TO[waiting.type]) {
      return `the hub answered ${waiting.type} with ${reply.type}`;
    }
    if (reply.type === "error" && !isErrorCode(reply.code))
      return `the hub refused with the unknown code ${reply.code}`;
    this.#waiting.delete(reply.re);
    waiting.cancelTimer();
    waiting.settle(outcomeOf(reply));
    return undefined;
  }

  /** The connection has ended. */
  loseAll(reason: string): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { settle, cancelTimer } of waiting) {
      cancelTimer();
      settle(err({ kind: "lost", reason }));
    }
  }
}

function outcomeOf(reply: Reply): Result<Reply, RequestFailure> {
  return reply.type === "error" ? err({ kind: "refused", fault: faultOf(reply) }) : ok(reply);
}

function faultOf({ code, path, expected, actual, suggestion }: ReplyOf<"error">): ErrorFacts {
  if (!isErrorCode(code)) throw new Error("an unknown code passed the check before");
  return { code, path, expected, actual, suggestion };
}
