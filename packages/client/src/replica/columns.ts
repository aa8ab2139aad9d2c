/**
 * What a client keeps of every block, as columns: a million blocks are about 50 MB. Everything else of a block is
 * fetched, and checked against its hash, when somebody looks at it.
 */
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Block } from "pos-shared/model/block.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import { GrowingBuffer } from "./growing-buffer.ts";
import { DEPTHS, type Verified } from "./verified.ts";

const HASH_BYTES = 32;
/** One record a block: timestamp in milliseconds, round, bpm, the winner's place in the ledger, depth. */
const FACTS_BYTES = 8 + 6 + 6 + 4 + 1;
const AT = { timestamp: 0, round: 8, bpm: 14, winner: 20, depth: 24 } as const;
/** Six bytes hold every round and bpm that a real chain reaches; larger ones are kept beside. */
const LARGEST_SMALL = 2 ** 48 - 2;
const NONE = 2 ** 48 - 1;
const NO_WINNER = 2 ** 32 - 1;
const FOUND_ROOM = 1024;

export interface BlockFacts {
  readonly index: number;
  readonly hash: Hex;
  readonly round: number;
  readonly timestampMs: number;
  /** Null in a block without a winner, as is `winner`. */
  readonly bpm: number | null;
  /** The winner's place in the ledger. */
  readonly winner: number | null;
  readonly verified: Verified;
}

export interface BlocksWanted {
  /** 1 at the places of those winners whose blocks are wanted. */
  readonly winners?: Uint8Array;
  readonly bpm?: number;
  /** The beginning of the hash, lowercase hex. */
  readonly hash?: string;
}

/** How many bytes so many blocks take in each of the two columns. */
export function columnBytes(blocks: number): { readonly hashes: number; readonly facts: number } {
  return { hashes: blocks * HASH_BYTES, facts: blocks * FACTS_BYTES };
}

export class ChainColumns {
  #hashes: GrowingBuffer;
  #facts: GrowingBuffer;
  /** Rounds and bpms that do not fit, by their place in the facts. */
  readonly #large: Map<number, number>;
  /** Of the last search: each letter of a filter is one, and four bytes a block each time would be a lot to clear away. */
  #found = new Uint32Array(0);

  constructor() {
    this.#hashes = new GrowingBuffer(HASH_BYTES);
    this.#facts = new GrowingBuffer(FACTS_BYTES);
    this.#large = new Map();
  }

  /** Index of the last block, 0 before the first. */
  get length(): number {
    return this.#hashes.length;
  }

  /** @param winner its place in the ledger, null in a block without one */
  append(
    block: Pick<Block, "index" | "hash" | "round" | "timestamp" | "bpm">,
    winner: number | null,
    verified: Verified,
  ): void {
    if (block.index !== this.length + 1) throw new RangeError(`block ${block.index} after ${this.length}`);
    const position = this.length;
    this.#hashes.append().write(block.hash, "hex");
    const facts = this.#facts.append();
    facts.writeDoubleLE(millisecondsOf(block.timestamp), AT.timestamp);
    this.#writeInteger(facts, position, AT.round, block.round);
    this.#writeInteger(facts, position, AT.bpm, block.bpm);
    facts.writeUInt32LE(winner ?? NO_WINNER, AT.winner);
    facts.writeUInt8(DEPTHS.indexOf(verified), AT.depth);
  }

  /** @param index from 1 to `length` */
  hashAt(index: number): Hex {
    return this.#hashes.at(index - 1).toString("hex");
  }

  factsAt(index: number): BlockFacts {
    const position = index - 1;
    const facts = this.#facts.at(position);
    return {
      index,
      hash: this.hashAt(index),
      round: this.#readInteger(facts, position, AT.round) ?? 0,
      timestampMs: facts.readDoubleLE(AT.timestamp),
      bpm: this.bpmAt(index),
      winner: this.winnerAt(index),
      verified: this.verifiedAt(index),
    };
  }

  /** The winner's place in the ledger; null in a block without one. */
  winnerAt(index: number): number | null {
    const winner = this.#facts.at(index - 1).readUInt32LE(AT.winner);
    return winner === NO_WINNER ? null : winner;
  }

  bpmAt(index: number): number | null {
    return this.#readInteger(this.#facts.at(index - 1), index - 1, AT.bpm);
  }

  verifiedAt(index: number): Verified {
    return DEPTHS[this.#facts.at(index - 1).readUInt8(AT.depth)] ?? "links";
  }

  /** Never lowers a depth. */
  raise(index: number, verified: Verified): void {
    const facts = this.#facts.at(index - 1);
    facts.writeUInt8(Math.max(facts.readUInt8(AT.depth), DEPTHS.indexOf(verified)), AT.depth);
  }

  /**
   * Indexes of the blocks for which all that is given holds, ascending; valid until the next search. Looks through all of
   * them, a million in some 10 ms.
   */
  find({ winners, bpm, hash }: BlocksWanted): Uint32Array {
    const facts = this.#facts.bytes;
    const view = new DataView(facts.buffer, facts.byteOffset, facts.length);
    const hashes = this.#hashes.bytes;
    const prefix = hash === undefined ? undefined : prefixOf(hash);
    if (this.#found.length < this.length) this.#found = new Uint32Array(this.length + FOUND_ROOM);
    const found = this.#found;
    const { length } = this;
    let count = 0;
    for (let position = 0; position < length; position++) {
      const start = position * FACTS_BYTES;
      // A block without a winner has a place that nobody has.
      if (winners !== undefined && winners[view.getUint32(start + AT.winner, true)] !== 1) continue;
      if (bpm !== undefined && !this.#hasBpm(view, start + AT.bpm, bpm)) continue;
      if (prefix !== undefined && !startsWith(hashes, position * HASH_BYTES, prefix)) continue;
      found[count++] = position + 1;
    }
    return found.subarray(0, count);
  }

  #hasBpm(facts: DataView, at: number, bpm: number): boolean {
    const value = facts.getUint32(at, true) + facts.getUint16(at + 4, true) * 2 ** 32;
    return value === NONE ? this.#large.get(at) === bpm : value === bpm;
  }

  /** The index of the block with this hash, undefined where there is none. Looks through all of them. */
  indexOf(hash: Hex): number | undefined {
    const bytes = this.#hashes.bytes;
    const wanted = Buffer.from(hash, "hex");
    for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) {
      if (at % HASH_BYTES === 0) return at / HASH_BYTES + 1;
    }
    return undefined;
  }

  /** All of it, for a checkpoint. */
  toBytes(upTo: number): { hashes: Buffer; facts: Buffer; large: [number, number][] } {
    return {
      hashes: this.#hashes.bytes.subarray(0, upTo * HASH_BYTES),
      facts: this.#facts.bytes.subarray(0, upTo * FACTS_BYTES),
      large: [...this.#large].filter(([place]) => place < upTo * FACTS_BYTES),
    };
  }

  /**
   * Takes over what a checkpoint holds; undefined if the parts do not fit together.
   *
   * @param length how many blocks of them count; behind may be room for more
   */
  static fromBytes(
    hashes: Buffer,
    facts: Buffer,
    large: readonly (readonly [number, number])[],
    length: number = hashes.length / HASH_BYTES,
  ): ChainColumns | undefined {
    if (hashes.length % HASH_BYTES !== 0 || facts.length % FACTS_BYTES !== 0) return undefined;
    if (hashes.length / HASH_BYTES !== facts.length / FACTS_BYTES || length > hashes.length / HASH_BYTES)
      return undefined;
    const columns = new ChainColumns();
    columns.#hashes = GrowingBuffer.of(HASH_BYTES, hashes, length);
    columns.#facts = GrowingBuffer.of(FACTS_BYTES, facts, length);
    for (const [place, value] of large) columns.#large.set(place, value);
    return columns;
  }

  #writeInteger(facts: Buffer, position: number, at: number, value: number | null): void {
    const isLarge = value !== null && value > LARGEST_SMALL;
    if (isLarge) this.#large.set(position * FACTS_BYTES + at, value);
    facts.writeUIntLE(value === null || isLarge ? NONE : value, at, 6);
  }

  #readInteger(facts: Buffer, position: number, at: number): number | null {
    const value = facts.readUIntLE(at, 6);
    return value === NONE ? (this.#large.get(position * FACTS_BYTES + at) ?? null) : value;
  }
}

interface HexPrefix {
  readonly bytes: Buffer;
  /** The first half of the byte after them, where there is one. */
  readonly half: number | undefined;
}

function prefixOf(hex: string): HexPrefix | null {
  if (!/^[0-9a-f]{0,64}$/.test(hex)) return null;
  const whole = hex.length - (hex.length % 2);
  return {
    bytes: Buffer.from(hex.slice(0, whole), "hex"),
    half: whole === hex.length ? undefined : Number.parseInt(hex.slice(whole), 16),
  };
}

/** Null is no beginning of any hash. */
function startsWith(hashes: Buffer, start: number, prefix: HexPrefix | null): boolean {
  if (prefix === null) return false;
  const { bytes, half } = prefix;
  for (let i = 0; i < bytes.length; i++) if (hashes[start + i] !== bytes[i]) return false;
  return half === undefined || (hashes[start + bytes.length] ?? 0) >> 4 === half;
}
