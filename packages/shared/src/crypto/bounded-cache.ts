/**
 * A map that forgets: holds at most twice `capacity` entries, and keeps those that were used lately.
 *
 * Two generations instead of a chain of use: when the young one is full it becomes the old one, and what is then not
 * asked for is dropped with it. A hit costs one look-up. Only for values that can be computed again.
 */
export class BoundedCache<Value> {
  readonly #capacity: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  /** @param capacity entries a generation; that many distinct keys in turn are all kept. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value kept for `key`, or what `compute` makes of it, which is then kept. */
  get(key: string, compute: (key: string) => Value): Value {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? compute(key);
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
