/** Bytes that grow at their end: a million records are one buffer, not a million objects. */
export class GrowingBuffer {
  readonly #recordBytes: number;
  #bytes: Buffer;
  #length = 0;

  constructor(recordBytes: number) {
    this.#recordBytes = recordBytes;
    this.#bytes = Buffer.alloc(recordBytes * 1024);
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
      const larger = Buffer.alloc(this.#bytes.length * 2);
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

  /** @throws RangeError if these are no whole records */
  static of(recordBytes: number, bytes: Buffer): GrowingBuffer {
    if (bytes.length % recordBytes !== 0) throw new RangeError(`${bytes.length} bytes are no whole records`);
    const buffer = new GrowingBuffer(recordBytes);
    buffer.#bytes = Buffer.from(bytes);
    buffer.#length = bytes.length / recordBytes;
    if (buffer.#bytes.length === 0) buffer.#bytes = Buffer.alloc(recordBytes * 1024);
    return buffer;
  }
}
