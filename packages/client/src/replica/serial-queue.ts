/** Runs asynchronous work one after the other, in the order in which it was given. */
export class SerialQueue {
  #last: Promise<void> = Promise.resolve();

  /** Resolves or rejects as the work does. */
  run<T>(work: () => Promise<T> | T): Promise<T> {
    const done = this.#last.then(work);
    // What failed is told to who gave it; the next one runs all the same.
    this.#last = done.then(
      () => {},
      () => {},
    );
    return done;
  }
}
