/**
 * Reads canonical JSON (RFC 8785) by its form, byte by byte, without making an object of it: for long runs of blocks,
 * where making objects would cost more than everything that is then checked. What it does not recognise it says nothing
 * about; there is always the slow way.
 */
import type { Form, Shape } from "./form.ts";
import { momentAt, TIMESTAMP_BYTES } from "./timestamp.ts";

/** Up to so many digits an integer is below 2^53 for certain. */
const MAX_DIGITS = 15;
const ZERO = 0x30;
const NINE = 0x39;
/** Stands in a run for a byte that may be any lowercase hex digit. */
const HEX = 0;

const FIXED = 0;
const INTEGER = 1;
const TIMESTAMP = 2;
type Kind = typeof FIXED | typeof INTEGER | typeof TIMESTAMP;

/** What the form demands next, of a value that is read from left to right. */
interface Step {
  readonly kind: Kind;
  /** Of a fixed run: its bytes, and {@link HEX}. */
  readonly run: readonly number[];
  readonly min: number;
  readonly max: number;
}

interface Field {
  readonly step: number;
  /** Where its value begins in a fixed run. */
  readonly offset: number;
}

export class CanonicalScan {
  readonly #kinds: Uint8Array;
  readonly #runs: readonly FixedRun[];
  readonly #min: readonly number[];
  readonly #max: readonly number[];
  readonly #starts: Int32Array;
  readonly #values: number[];
  readonly #fields: ReadonlyMap<string, number>;
  readonly #fieldSteps: Int32Array;
  readonly #fieldOffsets: Int32Array;
  #text: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  /**
   * @param form of records, hex, integers, timestamps, and lists of no items
   * @throws TypeError for any other form
   */
  constructor(form: Form<unknown>) {
    const steps: Step[] = [];
    const fields = new Map<string, Field>();
    compile(form.shape, "", steps, fields);
    const places = [...fields.values()];
    this.#fields = new Map([...fields.keys()].map((path, number) => [path, number]));
    this.#fieldSteps = Int32Array.from(places, ({ step }) => step);
    this.#fieldOffsets = Int32Array.from(places, ({ offset }) => offset);
    this.#kinds = Uint8Array.from(steps, ({ kind }) => kind);
    this.#runs = steps.map(({ run }) => new FixedRun(run));
    this.#min = steps.map(({ min }) => min);
    this.#max = steps.map(({ max }) => max);
    this.#starts = new Int32Array(steps.length);
    this.#values = steps.map(() => 0);
  }

  /** The number of a field, by its path as in `draw.stake`, for {@link start} and {@link integer}. */
  field(path: string): number {
    const number = this.#fields.get(path);
    if (number === undefined) throw new TypeError(`no field ${path}`);
    return number;
  }

  /** Where a field's value begins (that of hex and of a timestamp behind its quote), in what was read last. */
  start(field: number): number {
    return (this.#starts[this.#fieldSteps[field] ?? 0] ?? 0) + (this.#fieldOffsets[field] ?? 0);
  }

  /** An integer in what was read last; of a timestamp, milliseconds since 1970. */
  integer(field: number): number {
    return this.#values[this.#fieldSteps[field] ?? 0] ?? 0;
  }

  /** Reads what begins at `from`. Returns where it ends, −1 where it is not recognised. */
  read(text: Buffer, from: number): number {
    if (text !== this.#text) {
      this.#text = text;
      this.#view = new DataView(text.buffer, text.byteOffset, text.length);
    }
    const kinds = this.#kinds;
    let at = from;
    for (let step = 0; step < kinds.length; step++) {
      this.#starts[step] = at;
      const kind = kinds[step];
      if (kind === FIXED) at = (this.#runs[step] as FixedRun).read(text, this.#view, at);
      else if (kind === INTEGER) at = this.#readInteger(text, at, step);
      else at = this.#readTimestamp(text, at, step);
      if (at === -1) return -1;
    }
    return at;
  }

  #readInteger(text: Buffer, from: number, step: number): number {
    let at = from;
    let value = 0;
    for (let digit = text[at] ?? 0; digit >= ZERO && digit <= NINE; digit = text[++at] ?? 0) {
      value = value * 10 + (digit - ZERO);
    }
    const digits = at - from;
    if (digits === 0 || digits > MAX_DIGITS || (digits > 1 && text[from] === ZERO)) return -1;
    if (value < (this.#min[step] ?? 0) || value > (this.#max[step] ?? 0)) return -1;
    this.#values[step] = value;
    return at;
  }

  #readTimestamp(text: Buffer, from: number, step: number): number {
    const moment = momentAt(text, from);
    this.#values[step] = moment;
    return Number.isNaN(moment) ? -1 : from + TIMESTAMP_BYTES;
  }
}

/** 1 for two bytes, as a little-endian number, that are not both lowercase hex digits. */
const IS_NOT_HEX = new Uint8Array(2 ** 16).fill(1);
const HEX_DIGITS = Buffer.from("0123456789abcdef");
for (const low of HEX_DIGITS) for (const high of HEX_DIGITS) IS_NOT_HEX[(high << 8) | low] = 0;

/**
 * Bytes between two integers: given ones, and lowercase hex digits in pairs. A long chain is mostly hex, and each byte of
 * it comes by here: two are looked up at once, and nothing is decided before the end.
 */
class FixedRun {
  readonly #run: Uint8Array;
  /** Where given bytes and hex digits take turns; given ones come first. */
  readonly #turns: Int32Array;

  constructor(run: readonly number[]) {
    this.#run = Uint8Array.from(run);
    const turns: number[] = [];
    for (let at = 0; at < run.length; at++) if ((run[at] === HEX) !== (turns.length % 2 === 1)) turns.push(at);
    this.#turns = Int32Array.from([...turns, run.length]);
  }

  /** Where the run ends that begins at `from`, −1 where it is another. */
  read(text: Buffer, view: DataView, from: number): number {
    const run = this.#run;
    const turns = this.#turns;
    if (from + run.length > text.length) return -1;
    let wrong = 0;
    let place = 0;
    for (let turn = 0; turn < turns.length; turn++) {
      const end = turns[turn] as number;
      if (turn % 2 === 0) for (; place < end; place++) wrong |= (text[from + place] as number) ^ (run[place] as number);
      else for (; place < end; place += 2) wrong |= IS_NOT_HEX[view.getUint16(from + place, true)] as number;
    }
    return wrong === 0 ? from + run.length : -1;
  }
}

function compile(shape: Shape, path: string, steps: Step[], fields: Map<string, Field>): void {
  switch (shape.kind) {
    case "record": {
      const keys = [...shape.keys].sort();
      for (const [place, key] of keys.entries()) {
        const field = shape.fields[key];
        if (field === undefined) throw new TypeError(`a record without its field ${key}`);
        addText(steps, `${place === 0 ? "{" : ","}"${key}":`);
        compile(field.shape, path === "" ? key : `${path}.${key}`, steps, fields);
      }
      addText(steps, "}");
      return;
    }
    case "hex": {
      addText(steps, '"');
      fields.set(path, { step: steps.length - 1, offset: steps.at(-1)?.run.length ?? 0 });
      addRun(steps, new Array<number>(shape.bytes * 2).fill(HEX));
      addText(steps, '"');
      return;
    }
    case "timestamp":
      addText(steps, '"');
      fields.set(path, { step: steps.length, offset: 0 });
      steps.push({ kind: TIMESTAMP, run: [], min: 0, max: 0 });
      addText(steps, '"');
      return;
    case "integer":
      fields.set(path, { step: steps.length, offset: 0 });
      steps.push({ kind: INTEGER, run: [], min: shape.min, max: shape.max });
      return;
    case "list":
      if (shape.maxItems !== 0) throw new TypeError("a list of items is not scanned");
      addText(steps, "[]");
      return;
    default:
      throw new TypeError(`${shape.kind} is not scanned`);
  }
}

function addText(steps: Step[], text: string): void {
  addRun(steps, [...Buffer.from(text)]);
}

/** Neighbouring runs are one step. */
function addRun(steps: Step[], run: readonly number[]): void {
  const last = steps.at(-1);
  const isMore = last?.kind === FIXED;
  if (isMore) steps.pop();
  steps.push({ kind: FIXED, run: isMore ? [...last.run, ...run] : run, min: 0, max: 0 });
}
