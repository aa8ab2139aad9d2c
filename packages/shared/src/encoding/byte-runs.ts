import { wasm } from "./byte-runs.wasm.ts";

/** Stands in a run for a byte that may be any lowercase hex digit. */
export const HEX_DIGIT = 0;

/** The module's memory: runs in its first page, a window of the text in its second, which ends with what may be read too much. */
const PAGE_BYTES = 2 ** 16;
const LANES = 16;
const RUN_BYTES = 3 * LANES;
export const WINDOW_BYTES = PAGE_BYTES - LANES;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly matches: (text: number, run: number, end: number) => 0 | 1;
}

let module: WebAssembly.Module | undefined;

/**
 * Runs of given bytes and of lowercase hex digits, against which text is held 16 bytes at a time (the SIMD instructions of
 * WebAssembly, byte-runs.wat). The text is looked at through a window of {@link WINDOW_BYTES}, which is copied.
 */
export class ByteRuns {
  readonly #memory: Uint8Array;
  readonly #matches: Exports["matches"];
  readonly #lengths: Int32Array;
  /** Where runs begin; behind the last, where it ends. */
  readonly #places: Int32Array;
  #text: Uint8Array = new Uint8Array(0);
  /** The window's place in the text. */
  #first = 0;
  #end = 0;

  /** @throws RangeError where the runs are longer than about 21 kB */
  constructor(runs: readonly (readonly number[])[]) {
    module ??= new WebAssembly.Module(Buffer.from(wasm, "base64"));
    const { memory, matches } = new WebAssembly.Instance(module).exports as Exports;
    this.#memory = new Uint8Array(memory.buffer);
    this.#matches = matches;
    this.#lengths = Int32Array.from(runs, ({ length }) => length);
    this.#places = new Int32Array(runs.length + 1);
    let place = 0;
    for (const [number, run] of runs.entries()) {
      this.#places[number] = place;
      const end = place + Math.ceil(run.length / LANES) * RUN_BYTES;
      if (end > PAGE_BYTES) throw new RangeError("runs of more than the memory for them");
      for (const [at, byte] of run.entries()) {
        const lane = place + Math.floor(at / LANES) * RUN_BYTES + (at % LANES);
        this.#memory[lane] = byte;
        this.#memory[lane + (byte === HEX_DIGIT ? 2 * LANES : LANES)] = 0xff;
      }
      place = end;
    }
    this.#places[runs.length] = place;
  }

  /** Moves the window where it does not hold the next `bytes` of the text, at most {@link WINDOW_BYTES}, or all that are left. */
  show(text: Uint8Array, from: number, bytes: number): void {
    if (text === this.#text && from >= this.#first && Math.min(from + bytes, text.length) <= this.#end) return;
    this.#text = text;
    this.#first = from;
    this.#end = Math.min(from + WINDOW_BYTES, text.length);
    this.#memory.set(text.subarray(from, this.#end), PAGE_BYTES);
  }

  /** Where the run ends that begins at `from` in the text; −1 where it is another, or is not in the window as a whole. */
  read(run: number, from: number): number {
    const end = from + (this.#lengths[run] as number);
    if (from < this.#first || end > this.#end) return -1;
    const place = PAGE_BYTES + from - this.#first;
    return this.#matches(place, this.#places[run] as number, this.#places[run + 1] as number) === 1 ? end : -1;
  }

  /** Lets go of the text. */
  forget(): void {
    this.#text = new Uint8Array(0);
    this.#end = this.#first = 0;
  }
}
