import { StoreError } from "../store/store-error.ts";
import { sentenceOfStoreFault } from "../words/data-faults.ts";
import type { HubLog } from "./log.ts";

/** While the store keeps failing it is said again so often, in milliseconds: a due round is tried twice a second. */
const AGAIN_MS = 60_000;
const MS_PER_SECOND = 1_000;

export interface StoreTroubleOptions {
  readonly log: HubLog;
  /** Where the store is, for people. */
  readonly place: string;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsedMs: () => number;
}

/** Says that the store fails when it begins to, at most once a minute as long as it does, and when it goes on. */
export class StoreTrouble {
  readonly #options: StoreTroubleOptions;
  /** When it began and when it was told last; undefined while all is well. */
  #now: { readonly sinceMs: number; readonly toldMs: number } | undefined;

  constructor(options: StoreTroubleOptions) {
    this.#options = options;
  }

  /** Takes why the store refused a commit, or undefined where it takes one again. */
  note(failure: unknown): void {
    const { log, place, elapsedMs } = this.#options;
    const nowMs = elapsedMs();
    const { sinceMs, toldMs } = this.#now ?? { sinceMs: nowMs, toldMs: Number.NEGATIVE_INFINITY };
    const seconds = Math.floor((nowMs - sinceMs) / MS_PER_SECOND);
    if (failure === undefined) {
      this.#now = undefined;
      log.event("mended", { what: "store", seconds });
      return;
    }
    const isDue = nowMs - toldMs >= AGAIN_MS;
    this.#now = { sinceMs, toldMs: isDue ? nowMs : toldMs };
    if (isDue) log.event("failed", { what: "store", ...causeOf(failure, place), seconds });
  }
}

function causeOf(failure: unknown, place: string): { message: string; code?: string } {
  if (failure instanceof StoreError) {
    return { message: sentenceOfStoreFault(failure.fault, place), code: failure.code };
  }
  return { message: failure instanceof Error ? failure.message : String(failure) };
}
