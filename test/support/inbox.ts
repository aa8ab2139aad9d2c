/** What came from another process, in order, and a way to wait for what fits. Nothing is polled, nothing sleeps. */
export class Inbox<T> {
  /** All that ever came. */
  readonly all: T[] = [];
  #left: T[] = [];
  #wakers: (() => void)[] = [];
  #end: Error | undefined;

  add(item: T): void {
    this.all.push(item);
    this.#left.push(item);
    this.#wake();
  }

  /** Nothing more will come; who waits is told why. */
  end(reason: Error): void {
    this.#end ??= reason;
    this.#wake();
  }

  /** The first item, past or coming, that fits and was not taken before. */
  async take<S extends T>(fits: (item: T) => item is S): Promise<S>;
  async take(fits: (item: T) => boolean): Promise<T>;
  async take(fits: (item: T) => boolean): Promise<T> {
    for (;;) {
      const at = this.#left.findIndex(fits);
      const [found] = at === -1 ? [] : this.#left.splice(at, 1);
      if (found !== undefined) return found;
      if (this.#end !== undefined) throw this.#end;
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
}
