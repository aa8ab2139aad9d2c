/** In records. */
const LEAST_ROOM = 1024;

/**
 * Zeros in memory that V8 does not count. What it counts lets its heap grow by a part of it before garbage is cleared away, and
 * a chain's columns are 48 MB.
 */
export function uncountedBuffer(bytes: number): Buffer {
  return Buffer.from(new SharedArrayBuffer(bytes));
}

/** Bytes that grow at their end: a million records are one buffer, not a million objects. */
export class GrowingBuffer {
  readonly #recordBytes: number;
  #bytes: Buffer;
  #length = 0;

  constructor(recordBytes: number) {
    this.#recordBytes = recordBytes;
    this.#bytes = uncountedBuffer(recordBytes * LEAST_ROOM);
  }

  /** In records. */
  get length(): number {
    return this.#length;
  }

  /** The bytes of all records; valid until the next `append`. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length * this.#recordBytes);
  }

  /** Makes room for one more record of zeros, and returns it. */
  append(): Buffer {
    const start = this.#length * this.#recordBytes;
    if (start + this.#recordBytes > this.#bytes.length) {
      // By an eighth: what is grown into is in memory as a whole, and so is what it is copied from.
      const records = Math.max(LEAST_ROOM, Math.ceil(this.#length / 8));
      const larger = uncountedBuffer(this.#bytes.length + records * this.#recordBytes);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    this.#length++;
    return this.#bytes.subarray(start, start + this.#recordBytes);
  }

  /** @throws RangeError where there is no such record */
  at(position: number): Buffer {
    if (!Number.isInteger(position) || position < 0 || position >= this.#length) {
      throw new RangeError(`no record ${position} of ${this.#length}`);
    }
    const start = position * this.#recordBytes;
    return this.#bytes.subarray(start, start + this.#recordBytes);
  }

  /**
   * Takes over bytes whose first `length` records are there; what is behind them is room for more. They are not copied: whoever
   * had them leaves them alone from now on.
   *
   * @throws RangeError if these are no whole records, or fewer
   */
  static of(recordBytes: number, bytes: Buffer, length: number): GrowingBuffer {
    if (bytes.length % recordBytes !== 0) throw new RangeError(`${bytes.length} bytes are no whole records`);
    if (length * recordBytes > bytes.length) throw new RangeError(`no ${length} records in ${bytes.length} bytes`);
    const buffer = new GrowingBuffer(recordBytes);
    buffer.#bytes = bytes;
    buffer.#length = length;
    return buffer;
  }
}
