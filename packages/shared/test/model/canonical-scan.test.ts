import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { plainBlockForm } from "../../src/model/block.ts";
import { CanonicalScan } from "../../src/model/canonical-scan.ts";
import { conforms, hex, integer, list, nullable, record, timestamp } from "../../src/model/form.ts";
import { arbitraryOf } from "../support/arbitrary-of-form.ts";

const form = record({ b: hex(2), a: record({ n: integer(3, 200), t: timestamp }), list: list(integer(), 0) });
const TEXT = '{"a":{"n":72,"t":"2026-01-01T00:00:00.000Z"},"b":"00ff","list":[]}';

function read(text: string, from = 0): number {
  return new CanonicalScan(form).read(Buffer.from(text), from);
}

describe("reading canonical JSON by its form (SPEC §1, RFC 8785)", () => {
  test("says where a value ends, where its fields are, and what its integers are", () => {
    const scan = new CanonicalScan(form);
    expect(scan.read(Buffer.from(`[${TEXT},`), 1)).toBe(1 + TEXT.length);
    expect(scan.integer(scan.field("a.n"))).toBe(72);
    expect(scan.start(scan.field("b"))).toBe(1 + TEXT.indexOf("00ff"));
    expect(() => scan.field("c")).toThrow(TypeError);
  });

  test.each([
    ["72", "072"],
    ["72", "2"],
    ["72", "201"],
    ["72", "-3"],
    ["72", "72.0"],
    ["72", "7e1"],
    ["72", ""],
    ["00ff", "00fF"],
    ["00ff", "00f"],
    ["00ff", "00fff"],
    ["2026-01-01", "2026-02-30"],
    ["[]", "[1]"],
    ['"a":', '"a": '],
    ["}", ""],
  ])("does not recognise it with %j as %j", (from, to) => {
    expect(read(TEXT)).toBe(TEXT.length);
    expect(read(TEXT.replace(from, to))).toBe(-1);
  });

  test("does not read past the end of what there is", () => {
    for (let length = 0; length < TEXT.length; length++) expect(read(TEXT.slice(0, length))).toBe(-1);
  });

  test("recognises every plain block whose integers have up to 15 digits", () => {
    const scan = new CanonicalScan(plainBlockForm);
    fc.assert(
      fc.property(arbitraryOf(plainBlockForm), (block) => {
        const text = canonicalize(block);
        expect(scan.read(Buffer.from(text), 0)).toBe(/\d{16}[,}]/.test(text) ? -1 : text.length);
      }),
    );
  });

  test("recognises nothing that has not the form, or is not its canonical text, whatever byte is changed", () => {
    const scan = new CanonicalScan(plainBlockForm);
    fc.assert(
      fc.property(
        arbitraryOf(plainBlockForm),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 32, max: 126 })), { minLength: 1, maxLength: 2 }),
        (block, changes) => {
          const bytes = Buffer.from(canonicalize(block));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const end = scan.read(bytes, 0);
          if (end === -1) return;
          const text = bytes.toString("utf8", 0, end);
          const value: unknown = JSON.parse(text);
          expect(conforms(plainBlockForm, value)).toBe(true);
          expect(canonicalize(value)).toBe(text);
        },
      ),
    );
  });

  test("refuses forms that it cannot read", () => {
    expect(() => new CanonicalScan(record({ a: nullable(integer()) }))).toThrow(TypeError);
    expect(() => new CanonicalScan(list(integer()))).toThrow(TypeError);
  });
});
