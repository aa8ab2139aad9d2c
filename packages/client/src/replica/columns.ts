/**
 * What a client keeps of every block, as columns: a million blocks are 48 MB. Everything else of a block is
 * fetched, and checked against its hash, when somebody looks at it.
 */
import type { Hex } from "pos-shared/encoding/hex.ts";
import { BlockSet, type Condition } from "./block-set.ts";
import { GrowingBuffer } from "./growing-buffer.ts";
import { DEPTHS, type Verified } from "./verified.ts";

const HASH_BYTES = 32;
interface Field {
  readonly at: number;
  readonly bytes: 2 | 3 | 4 | 6;
}
/** One record a block. The fields hold what a real chain reaches; what does not fit is kept beside. */
const FIELDS = {
  /** Milliseconds since the beginning of year 0, so that none is negative. */
  time: { at: 0, bytes: 6 },
  round: { at: 6, bytes: 4 },
  bpm: { at: 10, bytes: 2 },
  /** The winner's place in the ledger. */
  winner: { at: 12, bytes: 3 },
} as const satisfies Record<string, Field>;
const DEPTH_AT = 15;
const FACTS_BYTES = 16;
const YEAR_0_MS = -62_167_219_200_000;
/** What stands in a field for null, and for what is kept beside. */
const noneOf = ({ bytes }: Field): number => 2 ** (8 * bytes) - 1;
const NO_WINNER = noneOf(FIELDS.winner);
const NO_BPM = noneOf(FIELDS.bpm);

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
  /** What does not fit, by its place in the facts. */
  readonly #large: Map<number, number>;
  /** By place in the ledger, of the first so many blocks. */
  readonly #wins: number[] = [];
  #countedBlocks = 0;

  constructor() {
    this.#hashes = new GrowingBuffer(HASH_BYTES);
    this.#facts = new GrowingBuffer(FACTS_BYTES);
    this.#large = new Map();
  }

  /** Index of the last block, 0 before the first. */
  get length(): number {
    return this.#hashes.length;
  }

  append(block: Omit<BlockFacts, "verified">, verified: Verified): void {
    if (block.index !== this.length + 1) throw new RangeError(`block ${block.index} after ${this.length}`);
    const start = this.length * FACTS_BYTES;
    this.#hashes.append().write(block.hash, "hex");
    const facts = this.#facts.append();
    facts[DEPTH_AT] = DEPTHS.indexOf(verified);
    this.#write(facts, start, FIELDS.time, block.timestampMs - YEAR_0_MS);
    this.#write(facts, start, FIELDS.round, block.round);
    this.#write(facts, start, FIELDS.bpm, block.bpm);
    this.#write(facts, start, FIELDS.winner, block.winner);
  }

  /** @param index from 1 to `length` */
  hashAt(index: number): Hex {
    return this.#hashes.at(index - 1).toString("hex");
  }

  factsAt(index: number): BlockFacts {
    return {
      index,
      hash: this.hashAt(index),
      round: this.#read(index - 1, FIELDS.round) ?? 0,
      timestampMs: (this.#read(index - 1, FIELDS.time) ?? 0) + YEAR_0_MS,
      bpm: this.bpmAt(index),
      winner: this.winnerAt(index),
      verified: this.verifiedAt(index),
    };
  }

  /** The winner's place in the ledger; null in a block without one. */
  winnerAt(index: number): number | null {
    return this.#read(index - 1, FIELDS.winner);
  }

  bpmAt(index: number): number | null {
    return this.#read(index - 1, FIELDS.bpm);
  }

  verifiedAt(index: number): Verified {
    return DEPTHS[this.#facts.at(index - 1).readUInt8(DEPTH_AT)] ?? "links";
  }

  /** Never lowers a depth. */
  raise(index: number, verified: Verified): void {
    const facts = this.#facts.at(index - 1);
    facts.writeUInt8(Math.max(facts.readUInt8(DEPTH_AT), DEPTHS.indexOf(verified)), DEPTH_AT);
  }

  /** How many blocks the account at this place in the ledger has won. */
  winsOf(place: number): number {
    this.#countWins();
    return this.#wins[place] ?? 0;
  }

  /** The blocks for which all that is given holds, as far as they are looked at; how many have certain winners is known. */
  find(wanted: BlocksWanted): BlockSet {
    const { winners, bpm, hash } = wanted;
    const condition = () => this.#conditionOf(wanted);
    if (winners === undefined || bpm !== undefined || hash !== undefined) return new BlockSet(this.length, condition);
    const wins = winners.reduce((sum, isWanted, place) => sum + (isWanted === 1 ? this.winsOf(place) : 0), 0);
    return new BlockSet(this.length, condition, wins);
  }

  #conditionOf({ winners, bpm, hash }: BlocksWanted): Condition {
    const conditions: Condition[] = [];
    const facts = this.#factsView();
    if (winners !== undefined) {
      conditions.push((index) => {
        const place = this.#placeIn(facts, index - 1);
        return place !== NO_WINNER && winners[place] === 1;
      });
    }
    if (bpm !== undefined) {
      conditions.push((index) => {
        const at = (index - 1) * FACTS_BYTES + FIELDS.bpm.at;
        const value = facts.getUint16(at, true);
        return (value === NO_BPM ? this.#large.get(at) : value) === bpm;
      });
    }
    if (hash !== undefined) {
      const prefix = prefixOf(hash);
      const hashes = this.#hashes.bytes;
      conditions.push((index) => startsWith(hashes, (index - 1) * HASH_BYTES, prefix));
    }
    const [only, another] = conditions;
    return only !== undefined && another === undefined ? only : (index) => conditions.every((holds) => holds(index));
  }

  #factsView(): DataView {
    const { bytes } = this.#facts;
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The winner's place in one read, as a million of them are looked at; `NO_WINNER` where there is none. */
  #placeIn(facts: DataView, position: number): number {
    const at = position * FACTS_BYTES + FIELDS.winner.at;
    // The byte behind the place is the depth.
    const place = facts.getUint32(at, true) & NO_WINNER;
    return place === NO_WINNER ? (this.#large.get(at) ?? NO_WINNER) : place;
  }

  #countWins(): void {
    const { length } = this;
    if (this.#countedBlocks === length) return;
    const facts = this.#factsView();
    for (let position = this.#countedBlocks; position < length; position++) {
      const place = this.#placeIn(facts, position);
      if (place !== NO_WINNER) this.#wins[place] = (this.#wins[place] ?? 0) + 1;
    }
    this.#countedBlocks = length;
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

  /** @param facts one record, which begins at `start` among all */
  #write(facts: Buffer, start: number, field: Field, value: number | null): void {
    const { at, bytes } = field;
    const none = noneOf(field);
    const isLarge = value !== null && value >= none;
    if (isLarge) this.#large.set(start + at, value);
    facts.writeUIntLE(value === null || isLarge ? none : value, at, bytes);
  }

  #read(position: number, field: Field): number | null {
    const { at, bytes } = field;
    const value = this.#facts.at(position).readUIntLE(at, bytes);
    return value === noneOf(field) ? (this.#large.get(position * FACTS_BYTES + at) ?? null) : value;
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
