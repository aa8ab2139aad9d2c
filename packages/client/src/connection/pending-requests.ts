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

/** Long answers: as long as anything comes over a slow line, they are on their way. */
const LONG: ReadonlySet<RequestType> = new Set(["genesis", "subscribe", "blocks", "validators", "ping"]);

interface Waiting {
  readonly type: RequestType;
  readonly settle: (outcome: Result<Reply, RequestFailure>) => void;
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

  /** @param timeoutMs after which the answer counts as lost; for a long one, of silence on the line */
  add(id: string, type: RequestType, timeoutMs: number): Promise<Result<Reply, RequestFailure>> {
    return new Promise((resolve) => {
      const waiting: Waiting = { type, settle: resolve, cancelTimer: () => {} };
      this.#waiting.set(id, waiting);
      this.#watch(id, waiting, timeoutMs);
    });
  }

  #watch(id: string, waiting: Waiting, timeoutMs: number): void {
    const before = this.#receivedBytes();
    waiting.cancelTimer = this.#runtime.schedule(timeoutMs, () => {
      if (LONG.has(waiting.type) && this.#receivedBytes() !== before) return this.#watch(id, waiting, timeoutMs);
      this.#waiting.delete(id);
      waiting.settle(err({ kind: "lost", reason: `no answer to ${waiting.type} within ${timeoutMs / 1000} s` }));
    });
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
