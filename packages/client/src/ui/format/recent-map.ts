/** In entries. A frame has some hundred texts; each takes up to 8 kB where it is kept taken apart. */
const GENERATION = 256;

/** A map that forgets what was not asked for lately: it keeps up to two generations, and what is asked for moves to the newer. */
export class RecentMap<K, V> {
  #newer = new Map<K, V>();
  #older = new Map<K, V>();

  get(key: K): V | undefined {
    const known = this.#newer.get(key);
    if (known !== undefined) return known;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.#newer.size >= GENERATION) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(key, value);
  }
}
