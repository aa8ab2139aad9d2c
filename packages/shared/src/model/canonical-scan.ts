/**
 * Reads canonical JSON (RFC 8785) by its form, without making an object of it: for long runs of blocks,
 * where making objects would cost more than everything that is then checked. What it does not recognise it says nothing
 * about; there is always the slow way.
 */
import { ByteRuns, HEX_DIGIT, WINDOW_BYTES } from "../encoding/byte-runs.ts";
import type { Form, Shape } from "./form.ts";
import { momentAt, TIMESTAMP_BYTES } from "./timestamp.ts";

/** Up to so many digits an integer is below 2^53 for certain. */
const MAX_DIGITS = 15;
const ZERO = 0x30;
const NINE = 0x39;

const FIXED = 0;
const INTEGER = 1;
const TIMESTAMP = 2;
type Kind = typeof FIXED | typeof INTEGER | typeof TIMESTAMP;

/** What the form demands next, of a value that is read from left to right. */
interface Step {
  readonly kind: Kind;
  /** Of a fixed run: its bytes, and {@link HEX_DIGIT}. */
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
  readonly #runs: ByteRuns;
  /** A value of this form is no longer. */
  readonly #maxBytes: number;
  readonly #min: readonly number[];
  readonly #max: readonly number[];
  readonly #starts: Int32Array;
  readonly #values: number[];
  readonly #fields: ReadonlyMap<string, number>;
  readonly #fieldSteps: Int32Array;
  readonly #fieldOffsets: Int32Array;

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
    this.#runs = new ByteRuns(steps.map(({ run }) => run));
    this.#maxBytes = steps.reduce((sum, step) => sum + maxBytesOf(step), 0);
    if (this.#maxBytes > WINDOW_BYTES) throw new TypeError("a form of values that are too long");
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
    this.#runs.show(text, from, this.#maxBytes);
    const kinds = this.#kinds;
    let at = from;
    for (let step = 0; step < kinds.length; step++) {
      this.#starts[step] = at;
      const kind = kinds[step];
      if (kind === FIXED) at = this.#runs.read(step, at);
      else if (kind === INTEGER) at = this.#readInteger(text, at, step);
      else at = this.#readTimestamp(text, at, step);
      if (at === -1) return -1;
    }
    return at;
  }

  /** Lets go of the text that was read. */
  forget(): void {
    this.#runs.forget();
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

function maxBytesOf({ kind, run }: Step): number {
  if (kind === FIXED) return run.length;
  return kind === INTEGER ? MAX_DIGITS : TIMESTAMP_BYTES;
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
      addRun(steps, new Array<number>(shape.bytes * 2).fill(HEX_DIGIT));
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
