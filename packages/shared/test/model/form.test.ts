import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { accountForm } from "../../src/model/account.ts";
import { blockForm } from "../../src/model/block.ts";
import { hasCanonicalForm } from "../../src/model/canonical.ts";
import { validatorEvidenceForm } from "../../src/model/evidence.ts";
import {
  conforms,
  type Form,
  findFault,
  hex,
  integer,
  list,
  literal,
  name,
  nullable,
  number,
  record,
  text,
} from "../../src/model/form.ts";
import { genesisForm } from "../../src/model/genesis.ts";
import { openingForm } from "../../src/model/opening.ts";
import { proposalForm, signedProposalForm } from "../../src/model/proposal.ts";
import { proposalReceiptForm, transactionReceiptForm } from "../../src/model/receipt.ts";
import { transactionForm } from "../../src/model/transaction.ts";
import { arbitraryOf, nearMissOf } from "../support/arbitrary-of-form.ts";

const forms: [string, Form<unknown>][] = [
  ["account", accountForm],
  ["genesis", genesisForm],
  ["transaction", transactionForm],
  ["proposal", proposalForm],
  ["proposal in evidence", signedProposalForm],
  ["evidence", validatorEvidenceForm],
  ["block", blockForm],
  ["opening", openingForm],
  ["receipt of a proposal", proposalReceiptForm],
  ["receipt of a transaction", transactionReceiptForm],
];

describe.each(forms)("the form of: %s (SPEC §1 to §6)", (_, form) => {
  test("takes what has it, also after a way through JSON", () => {
    fc.assert(
      fc.property(arbitraryOf(form), (value) => {
        expect(findFault(form, value)).toBeUndefined();
        expect(conforms(form, JSON.parse(canonicalize(value)))).toBe(true);
        expect(JSON.parse(canonicalize(value))).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  test("refuses what is wrong in one place, and names the place", () => {
    fc.assert(
      fc.property(nearMissOf(form) ?? fc.constant({ value: null, path: "" }), ({ value, path }) => {
        expect(findFault(form, value)).toMatchObject({
          path,
          expected: expect.any(String),
          actual: expect.any(String),
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("numbers are what they stand for (SPEC §1)", () => {
  test.each(["72.0", "7.2e1", "-0", "0.0"])("%s is an integer", (text) => {
    expect(conforms(integer(), JSON.parse(text))).toBe(true);
  });

  test.each(["0.5", "-1", "9007199254740992", "1e400", '"1"', "null"])("%s is none of 0 to 2^53−1", (text) => {
    expect(conforms(integer(), JSON.parse(text))).toBe(false);
  });
});

describe("limits and choices", () => {
  test("a list takes as many items as it may, and not one more", () => {
    expect(conforms(list(integer(), 3), [1, 2, 3])).toBe(true);
    expect(findFault(list(integer(), 3), [1, 2, 3, 4])).toMatchObject({ path: "", expected: "at most 3 items" });
  });

  test("a number is finite, also where JSON writes one that is not", () => {
    expect(conforms(number, JSON.parse("1e308"))).toBe(true);
    expect(conforms(number, JSON.parse("1e309"))).toBe(false);
  });

  test("a word that every object knows is no tag", () => {
    for (const type of ["constructor", "toString", "__proto__", "hasOwnProperty"])
      expect(findFault(transactionForm, { type })).toMatchObject({ path: "type", actual: JSON.stringify(type) });
  });

  test.each<[Form<unknown>, unknown, string, string, string]>([
    [integer(), -1, "", "an integer of at least 0", "-1"],
    [integer(1, 5), "6", "", "an integer from 1 to 5", '"6"'],
    [integer(), null, "", "an integer of at least 0", "null"],
    [integer(), true, "", "an integer of at least 0", "true"],
    [integer(), {}, "", "an integer of at least 0", "an object"],
    [hex(2), [], "", "4 lowercase hex digits", "a list"],
    [text(2), "x".repeat(40), "", "text of at most 2 characters", `"${"x".repeat(40)}"`],
    [text(2), "x".repeat(41), "", "text of at most 2 characters", "text of 41 characters"],
    [literal("bond"), "bont", "", '"bond"', '"bont"'],
    [list(name), 7, "", "a list", "7"],
    [record({ a: name }), { a: "" }, "a", "a name of 1 to 16 letters, digits, _ or -", '""'],
    [record({ a: name }), {}, "a", "this key", "missing"],
    [record({ a: name }), { b: 1 }, "b", "no such key", "an unknown key"],
    [record({}), { ["x".repeat(40)]: 1 }, "x".repeat(40), "no such key", "an unknown key"],
    [record({}), { ["x".repeat(41)]: 1 }, `${"x".repeat(40)}…`, "no such key", "an unknown key"],
    [transactionForm, {}, "type", "one of join, bond, unbond, transfer, slash", "missing"],
  ])("a fault says where, what was expected and what came (%#)", (form, value, path, expected, actual) => {
    expect(findFault(form, value)).toEqual({ path, expected, actual });
  });

  test("of several options the one that came furthest tells what is wrong", () => {
    const form = nullable(record({ a: integer(), b: nullable(record({ c: integer() })) }));
    expect(findFault(form, { a: 1, b: { c: "x" } })).toMatchObject({ path: "b.c" });
    expect(findFault(form, { a: "x", b: null })).toMatchObject({ path: "a" });
    expect(findFault(form, 7)).toMatchObject({ path: "", expected: "null or an object with a, b", actual: "7" });
  });
});

describe("what has a canonical form (SPEC §1)", () => {
  const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

  test("is nested at most 16 deep, the outermost object being level 1", () => {
    expect(hasCanonicalForm(nested(16))).toBe(true);
    expect(hasCanonicalForm(nested(17))).toBe(false);
    expect(hasCanonicalForm(nested(5000))).toBe(false);
    expect(hasCanonicalForm({ a: nested(15) })).toBe(true);
    expect(hasCanonicalForm({ a: nested(16) })).toBe(false);
    // The scalars inside the last level do not count.
    expect(hasCanonicalForm(JSON.parse(`${"[".repeat(16)}"x",1${"]".repeat(16)}`))).toBe(true);
  });

  test("has no lone surrogate, in a value or in a key, and no number beyond JSON's", () => {
    for (const text of ['"\\ud800"', '{"\\udc00":1}', '["a","\\ud83d"]', "1e400", "[-1e400]"])
      expect(hasCanonicalForm(JSON.parse(text))).toBe(false);
    for (const value of [undefined, () => 1, 1n, Symbol("s"), [undefined]]) expect(hasCanonicalForm(value)).toBe(false);
    expect(hasCanonicalForm(JSON.parse('{"\\ud83d\\ude42":"\\ud83d\\ude42"}'))).toBe(true);
  });

  test("what has none cannot be canonicalised, and JSON always has one where it is not too deep", () => {
    const anything = fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true, maxDepth: 4 });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ maxDepth: 6 }), anything), (value) => {
        if (hasCanonicalForm(value)) return;
        expect(() => JSON.parse(canonicalize(value))).toThrow();
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: "grapheme" }), (value) => {
        expect(hasCanonicalForm(value)).toBe(true);
        expect(canonicalize(JSON.parse(canonicalize(value)))).toBe(canonicalize(value));
      }),
      { numRuns: 1000 },
    );
  });
});
