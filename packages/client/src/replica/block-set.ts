/**
 * Blocks by their index, as one bit each: a million blocks are 125 kB. Which blocks are in it is found out only as far as
 * somebody looks, a stretch of the chain at a time.
 */
const BITS = 32;
/** Words of a stretch. */
const STRETCH = 1024;

/** Is a block in it? */
export type Condition = (index: number) => boolean;

export class BlockSet {
  readonly #length: number;
  readonly #condition: () => Condition;
  readonly #words: Uint32Array;
  readonly #isLookedThrough: Uint8Array;
  #size: number | undefined;

  /**
   * @param length looks at the blocks from 1 up to this one
   * @param condition gives the condition for a stretch, each time as the chain is held then
   * @param size how many blocks are in it, where that is known
   */
  constructor(length: number, condition: () => Condition, size?: number) {
    this.#length = length;
    this.#condition = condition;
    this.#words = new Uint32Array(Math.ceil(length / BITS));
    this.#isLookedThrough = new Uint8Array(Math.ceil(this.#words.length / STRETCH));
    this.#size = size;
  }

  /** How many blocks are in it. Where nobody said so, all of them are looked at for it, once. */
  get size(): number {
    this.#size ??= this.#count();
    return this.#size;
  }

  /** The last block up to `index`; 0 where there is none. */
  readonly atOrBefore = (index: number): number => {
    const position = Math.min(index, this.#length) - 1;
    if (position < 0 || this.#size === 0) return 0;
    let word = position >>> 5;
    let bits = this.#word(word) & (-1 >>> (BITS - 1 - (position & 31)));
    while (bits === 0 && word > 0) bits = this.#word(--word);
    return bits === 0 ? 0 : word * BITS + BITS - Math.clz32(bits);
  };

  /** The first block from `index` on; 0 where there is none. */
  readonly atOrAfter = (index: number): number => {
    const position = Math.max(index, 1) - 1;
    if (position >= this.#length || this.#size === 0) return 0;
    let word = position >>> 5;
    let bits = this.#word(word) & (-1 << (position & 31));
    while (bits === 0 && word < this.#words.length - 1) bits = this.#word(++word);
    return bits === 0 ? 0 : word * BITS + BITS - Math.clz32(bits & -bits);
  };

  #word(word: number): number {
    const stretch = Math.floor(word / STRETCH);
    if (this.#isLookedThrough[stretch] === 0) this.#lookThrough(stretch);
    return this.#words[word] ?? 0;
  }

  #lookThrough(stretch: number): void {
    const holds = this.#condition();
    const end = Math.min((stretch + 1) * STRETCH, this.#words.length);
    for (let word = stretch * STRETCH; word < end; word++) {
      const last = Math.min((word + 1) * BITS, this.#length);
      let bits = 0;
      for (let index = word * BITS + 1, bit = 1; index <= last; index++, bit <<= 1) if (holds(index)) bits |= bit;
      this.#words[word] = bits;
    }
    this.#isLookedThrough[stretch] = 1;
  }

  #count(): number {
    let count = 0;
    for (let word = 0; word < this.#words.length; word++) {
      for (let bits = this.#word(word); bits !== 0; bits &= bits - 1) count++;
    }
    return count;
  }
}
