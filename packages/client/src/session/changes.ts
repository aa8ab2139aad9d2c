/** Something that changes, and who waits until it has come to something. */
export class Changes {
  readonly #checks = new Set<() => void>();

  /** To be called after every change. */
  note(): void {
    for (const check of this.#checks) check();
  }

  /** Resolves with the first answer that `look` gives, now or after a change. */
  when<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        this.#checks.delete(check);
        resolve(found);
      };
      this.#checks.add(check);
      check();
    });
  }
}
