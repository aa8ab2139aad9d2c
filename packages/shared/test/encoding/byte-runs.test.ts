import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileWat } from "../../../../scripts/compile-wat.ts";
import { ByteRuns, HEX_DIGIT, WINDOW_BYTES } from "../../src/encoding/byte-runs.ts";
import { wasm } from "../../src/encoding/byte-runs.wasm.ts";

/** Given bytes and hex digits, as `"ab#"`: `#` is a hex digit. */
const runOf = (pattern: string): number[] =>
  [...Buffer.from(pattern)].map((byte) => (byte === 0x23 ? HEX_DIGIT : byte));

/** One byte after the other. */
function twin(run: readonly number[], text: Uint8Array, from: number): number {
  const end = from + run.length;
  if (end > text.length) return -1;
  const fits = run.every((expected, i) => {
    const byte = text[from + i] as number;
    return expected === HEX_DIGIT ? "0123456789abcdef".includes(String.fromCharCode(byte)) : byte === expected;
  });
  return fits ? end : -1;
}

function readAt(runs: ByteRuns, run: number, text: Uint8Array, from: number): number {
  runs.show(text, from, 1_000);
  return runs.read(run, from);
}

describe("holding text against runs of bytes and hex digits", () => {
  test("the module is what its source compiles to", async () => {
    expect(await compileWat(join(import.meta.dirname, "../../src/encoding/byte-runs.wat"))).toBe(wasm);
  });

  test("a hex digit is 0-9 or a-f and none of the other 240 bytes, in each of sixteen places", () => {
    const runs = new ByteRuns([runOf("#".repeat(16))]);
    for (let place = 0; place < 16; place++) {
      const taken: number[] = [];
      for (let byte = 0; byte < 256; byte++) {
        const text = Buffer.alloc(16, "7");
        text[place] = byte;
        if (readAt(runs, 0, text, 0) === 16) taken.push(byte);
      }
      expect(Buffer.from(taken).toString()).toBe("0123456789abcdef");
    }
  });

  test("says the same as one byte after the other, for runs of any length at any place", () => {
    const byte = fc.oneof(fc.constantFrom(...Buffer.from("09afgF{/:`")), fc.nat(255));
    const pattern = fc.array(fc.oneof(fc.constant(HEX_DIGIT), fc.integer({ min: 1, max: 255 })), { maxLength: 70 });
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 4 }),
        fc.nat(40),
        fc.array(fc.tuple(fc.nat(), byte), { maxLength: 2 }),
        fc.nat(20),
        (patterns, from, changes, behind) => {
          const runs = new ByteRuns(patterns);
          for (const [number, run] of patterns.entries()) {
            const fitting = run.map((expected, i) => (expected === HEX_DIGIT ? Buffer.from("0f9a")[i % 4] : expected));
            const text = Buffer.from([...Buffer.alloc(from), ...(fitting as number[]), ...Buffer.alloc(behind)]);
            expect(readAt(runs, number, text, from)).toBe(from + run.length);
            for (const [at, value] of changes) text[at % text.length] = value;
            const changed = Buffer.from(text);
            expect(readAt(runs, number, changed, from)).toBe(twin(run, changed, from));
            const short = changed.subarray(0, changed.length - behind - 1);
            expect(readAt(runs, number, short, from)).toBe(twin(run, short, from));
          }
        },
      ),
    );
  });

  test("a text longer than the window is read throughout, to its last byte", () => {
    const runs = new ByteRuns([runOf('"##"'), runOf(",")]);
    const count = Math.ceil((2.5 * WINDOW_BYTES) / 5);
    const text = Buffer.from(new Array(count).fill('"0f"').join(","));
    let at = 0;
    for (let i = 0; i < count; i++) {
      at = readAt(runs, 0, text, at);
      if (i < count - 1) at = readAt(runs, 1, text, at);
    }
    expect(at).toBe(text.length);
    expect(readAt(runs, 1, text, at)).toBe(-1);
  });

  test("reads nothing that was not shown, or was let go of", () => {
    const runs = new ByteRuns([runOf("ab")]);
    const text = Buffer.from("ababab");
    expect(runs.read(0, 0)).toBe(-1);
    runs.show(text, 2, 2);
    expect(runs.read(0, 2)).toBe(4);
    expect(runs.read(0, 0)).toBe(-1);
    runs.forget();
    expect(runs.read(0, 2)).toBe(-1);
  });

  test("refuses runs that are longer than its memory for them", () => {
    expect(() => new ByteRuns([runOf("#".repeat(22_000))])).toThrow(RangeError);
  });
});
