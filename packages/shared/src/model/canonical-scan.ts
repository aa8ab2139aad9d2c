/**
 * Reads canonical JSON (RFC 8785) by its form, byte by byte, without making an object of it: for long runs of blocks,
 * where making objects would cost more than everything that is then checked. What it does not recognise it says nothing
 * about; there is always the slow way.
 */
import type { Form, Shape } from "./form.ts";
import { isTimestamp } from "./timestamp.ts";

/** Up to so many digits an integer is below 2^53 for certain. */
const MAX_DIGITS = 15;

const LITERAL = 0;
const HEX = 1;
const INTEGER = 2;
const TIMESTAMP = 3;
type Kind = typeof LITERAL | typeof HEX | typeof INTEGER | typeof TIMESTAMP;

const TIMESTAMP_BYTES = 24;
const ZERO = 0x30;
const NINE = 0x39;

const IS_HEX_DIGIT = new Uint8Array(256);
for (const digit of Buffer.from("0123456789abcdef")) IS_HEX_DIGIT[digit] = 1;

interface Step {
  readonly kind: Kind;
  /** The text of a literal. */
  readonly text: string;
  readonly bytes: number;
  readonly min: number;
  readonly max: number;
}

export class CanonicalScan {
  readonly #kinds: Uint8Array;
  readonly #bytes: Int32Array;
  readonly #min: readonly number[];
  readonly #max: readonly number[];
  readonly #literals: Uint8Array;
  readonly #starts: Int32Array;
  readonly #values: number[];
  readonly #fields: ReadonlyMap<string, number>;

  /**
   * @param form of records, hex, integers, timestamps, and lists of no items
   * @throws TypeError for any other form
   */
  constructor(form: Form<unknown>) {
    const steps: Step[] = [];
    const fields = new Map<string, number>();
    compile(form.shape, "", steps, fields);
    this.#fields = fields;
    this.#kinds = Uint8Array.from(steps, ({ kind }) => kind);
    this.#bytes = Int32Array.from(steps, ({ bytes }) => bytes);
    this.#min = steps.map(({ min }) => min);
    this.#max = steps.map(({ max }) => max);
    this.#literals = Buffer.from(steps.map(({ text }) => text).join(""));
    this.#starts = new Int32Array(steps.length);
    this.#values = steps.map(() => 0);
  }

  /** The number of a field, by its path as in `draw.stake`, for {@link start} and {@link integer}. */
  field(path: string): number {
    const step = this.#fields.get(path);
    if (step === undefined) throw new TypeError(`no field ${path}`);
    return step;
  }

  /** Where a field's value begins (that of hex and of a timestamp behind its quote), in what was read last. */
  start(field: number): number {
    return this.#starts[field] ?? 0;
  }

  /** An integer in what was read last. */
  integer(field: number): number {
    return this.#values[field] ?? 0;
  }

  /** Reads what begins at `from`. Returns where it ends, −1 where it is not recognised. */
  read(text: Buffer, from: number): number {
    // In locals: this loop goes over every byte of a long chain.
    const kinds = this.#kinds;
    const lengths = this.#bytes;
    const literals = this.#literals;
    const starts = this.#starts;
    const steps = kinds.length;
    let at = from;
    let literal = 0;
    for (let step = 0; step < steps; step++) {
      starts[step] = at;
      const kind = kinds[step];
      const end = at + (lengths[step] as number);
      if (end > text.length) return -1;
      if (kind === LITERAL) {
        for (; at < end; at++, literal++) if (text[at] !== literals[literal]) return -1;
      } else if (kind === HEX) {
        for (; at < end; at++) if (IS_HEX_DIGIT[text[at] as number] !== 1) return -1;
      } else if (kind === INTEGER) {
        at = this.#readInteger(text, at, step);
        if (at === -1) return -1;
      } else {
        if (!isTimestamp(text.toString("latin1", at, end))) return -1;
        at = end;
      }
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
}

function compile(shape: Shape, path: string, steps: Step[], fields: Map<string, number>): void {
  switch (shape.kind) {
    case "record": {
      const keys = [...shape.keys].sort();
      for (const [place, key] of keys.entries()) {
        const field = shape.fields[key];
        if (field === undefined) throw new TypeError(`a record without its field ${key}`);
        addLiteral(steps, `${place === 0 ? "{" : ","}"${key}":`);
        compile(field.shape, path === "" ? key : `${path}.${key}`, steps, fields);
      }
      addLiteral(steps, "}");
      return;
    }
    case "hex":
      addLiteral(steps, '"');
      fields.set(path, steps.length);
      steps.push({ kind: HEX, text: "", bytes: shape.bytes * 2, min: 0, max: 0 });
      addLiteral(steps, '"');
      return;
    case "timestamp":
      addLiteral(steps, '"');
      fields.set(path, steps.length);
      steps.push({ kind: TIMESTAMP, text: "", bytes: TIMESTAMP_BYTES, min: 0, max: 0 });
      addLiteral(steps, '"');
      return;
    case "integer":
      fields.set(path, steps.length);
      steps.push({ kind: INTEGER, text: "", bytes: 0, min: shape.min, max: shape.max });
      return;
    case "list":
      if (shape.maxItems !== 0) throw new TypeError("a list of items is not scanned");
      addLiteral(steps, "[]");
      return;
    default:
      throw new TypeError(`${shape.kind} is not scanned`);
  }
}

/** Neighbouring literals are one step. */
function addLiteral(steps: Step[], text: string): void {
  const last = steps.at(-1);
  const isMore = last?.kind === LITERAL;
  if (isMore) steps.pop();
  const whole = isMore ? last.text + text : text;
  steps.push({ kind: LITERAL, text: whole, bytes: whole.length, min: 0, max: 0 });
}
