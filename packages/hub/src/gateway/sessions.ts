import type { Hex } from "pos-shared/encoding/hex.ts";
import { inSlices } from "./in-slices.ts";
import type { Session } from "./session.ts";

/** All connections, and which of them holds which key: a key has one live session at most (DESIGN §7). */
export class Sessions {
  readonly #all = new Set<Session>();
  readonly #byKey = new Map<Hex, Session>();
  #onEmpty: (() => void) | undefined;

  get size(): number {
    return this.#all.size;
  }

  /** Keys that are logged in. */
  get online(): number {
    return this.#byKey.size;
  }

  get all(): Iterable<Session> {
    return this.#all;
  }

  holderOf(publicKey: Hex): Session | undefined {
    return this.#byKey.get(publicKey);
  }

  isOnline(publicKey: Hex): boolean {
    return this.#byKey.has(publicKey);
  }

  add(session: Session): void {
    this.#all.add(session);
  }

  /** @throws Error if another session holds the key. */
  logIn(session: Session, publicKey: Hex): void {
    if (this.#byKey.has(publicKey)) throw new Error("a key has one session");
    session.publicKey = publicKey;
    session.challenge = null;
    this.#byKey.set(publicKey, session);
  }

  /** Frees a session's key, if it holds one. */
  logOut(session: Session): void {
    const { publicKey } = session;
    if (publicKey !== null && this.#byKey.get(publicKey) === session) this.#byKey.delete(publicKey);
  }

  remove(session: Session): void {
    this.logOut(session);
    this.#all.delete(session);
    if (this.#all.size === 0) this.#onEmpty?.();
  }

  /** Resolves once there is none, of those that are there now and those that come meanwhile. */
  untilEmpty(): Promise<void> {
    if (this.#all.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** What waits for all of them together. */
  unsentBytes(): number {
    let bytes = 0;
    for (const session of this.#all) bytes += session.unsentBytes;
    return bytes;
  }

  /**
   * One sweep for all: finds connections whose other end is gone without a word. Where more than `maxUnsentBytes` wait
   * in all, those that take nothing are closed, so that readers who never read cannot fill the memory.
   */
  async heartbeat(maxUnsentBytes: number): Promise<void> {
    const isTooMuch = this.unsentBytes() > maxUnsentBytes;
    await inSlices(this.#all, (session) => {
      const isStuck = session.isStuck();
      if (!session.heartbeat()) session.terminate();
      else if (isTooMuch && isStuck) session.close("TOO_SLOW");
    });
  }
}
