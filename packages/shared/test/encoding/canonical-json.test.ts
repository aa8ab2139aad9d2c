import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { describeWithVectors } from "../support/vectors.ts";

interface DocumentCase {
  kind: "document";
  name: string;
  input: string;
  canonical: string;
  canonicalHex: string;
}

interface NumberCase {
  kind: "number";
  ieee754: string;
  expected: string | null;
}

describeWithVectors<{ cases: (DocumentCase | NumberCase)[] }>("jcs-rfc8785.json", ({ cases }) => {
  for (const entry of cases) {
    if (entry.kind === "document") {
      test(`document ${entry.name}`, () => {
        const text = canonicalize(JSON.parse(entry.input));
        expect(text).toBe(entry.canonical);
        expect(Buffer.from(text, "utf8").toString("hex")).toBe(entry.canonicalHex);
      });
      continue;
    }
    test(`number ${entry.ieee754} is ${entry.expected ?? "refused"} (RFC 8785 appendix B)`, () => {
      const number = Buffer.from(entry.ieee754, "hex").readDoubleBE();
      if (entry.expected === null) expect(() => canonicalize(number)).toThrow(TypeError);
      else expect(canonicalize(number)).toBe(entry.expected);
    });
  }
});

describe("canonical JSON (RFC 8785)", () => {
  /** Any code point in text and names, and objects with more names than are sorted by insertion. */
  const json = fc.jsonValue({ stringUnit: "binary", maxDepth: 4 });
  const manyNames = fc.dictionary(fc.string({ unit: "binary", maxLength: 3 }), json, { minKeys: 10, maxKeys: 40 });
  const anyJson = fc.oneof(json, manyNames);

  test("agrees with the rules applied one by one", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalize(value)).toBe(literally(value));
      }),
      { numRuns: 2000 },
    );
  });

  test("reads back as what it was, and is then its own canonical form", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalize(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalize(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test("does not depend on the order in which an object was built", () => {
    const shuffled = fc
      .uniqueArray(fc.tuple(fc.string({ unit: "binary" }), json), { selector: ([name]) => name, maxLength: 30 })
      .chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })));
    fc.assert(
      fc.property(shuffled, ([entries, others]) => {
        expect(canonicalize(Object.fromEntries(entries))).toBe(canonicalize(Object.fromEntries(others)));
      }),
      { numRuns: 1000 },
    );
  });

  test("orders names by UTF-16 code units, not by code points (§3.2.3)", () => {
    // U+1F600 starts with the unit D83D, which is below U+FB33.
    expect(canonicalize({ "\ufb33": 1, "\u{1f600}": 2, "10": 3, "9": 4 })).toBe(
      '{"10":3,"9":4,"\u{1f600}":2,"\ufb33":1}',
    );
  });

  test("keeps a property called __proto__, and takes objects without a prototype", () => {
    expect(canonicalize(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
    expect(canonicalize(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  test("writes integers as SPEC §1 counts them: 72.0 is 72, −0 is 0, 2^53−1 in full", () => {
    expect(canonicalize([JSON.parse("72.0"), -0, Number.MAX_SAFE_INTEGER])).toBe("[72,0,9007199254740991]");
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  class Account {
    liquid = 1;
  }
  test.each<[string, unknown]>([
    ["NaN", Number.NaN],
    ["an infinity", [Number.NEGATIVE_INFINITY]],
    ["a lone high surrogate", "a\ud800b"],
    ["a lone low surrogate", { text: "\udc00" }],
    ["a lone surrogate in a name", { "\ud800": 1 }],
    ["undefined", undefined],
    ["an undefined property", { a: undefined }],
    ["a hole in an array", new Array(2)],
    ["a function", () => 1],
    ["a method", { toJSON: () => 1 }],
    ["a bigint", 1n],
    ["a symbol", Symbol("a")],
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["bytes", new Uint8Array(2)],
    ["a boxed string", Object("text")],
    ["an instance of a class", new Account()],
    ["a cycle", cycle],
    ["nesting without end", JSON.parse("[".repeat(20_000) + "]".repeat(20_000))],
  ])("refuses %s", (_what, value) => {
    expect(() => canonicalize(value)).toThrow(TypeError);
  });
});

/** The dumb twin: the built-in serialisation of each primitive, names sorted one code unit after the other. */
function literally(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literally).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareUnits(a, b));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${literally(item)}`).join(",")}}`;
}

function compareUnits(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
