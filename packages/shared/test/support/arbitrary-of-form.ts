/**
 * Random values made from a form: right ones, and nearly right ones, wrong in one place that is told. Forms are data, so
 * that every message and object of the protocol gets its own inputs without anybody listing them.
 */
import fc from "fast-check";
import { toHex } from "../../src/encoding/hex.ts";
import type { Form } from "../../src/model/form.ts";
import { MAX_INTEGER, MAX_NAME_CODE_POINTS } from "../../src/model/limits.ts";

/** Longer lists cost time and show nothing new. */
const MAX_LIST_ITEMS = 4;

/** Letters from both ends of the alphabets of SPEC §3. */
const NAME_LETTERS = [..."azAZ09_-", ..."ÀÖØöøɏΑΡΣώЀҁҊӿぁゖァヺ一鿿가힣"];

/** A value of this form. Everything survives JSON: there is no −0, which JSON writes as 0. */
export function arbitraryOf<T>(form: Form<T>): fc.Arbitrary<T> {
  return arbitraryOfShape(form) as fc.Arbitrary<T>;
}

function arbitraryOfShape({ shape }: Form<unknown>): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "integer":
      return fc.maxSafeNat().map((n) => shape.min + (n % (shape.max - shape.min + 1)));
    case "hex":
      return fc.uint8Array({ minLength: shape.bytes, maxLength: shape.bytes }).map(toHex);
    case "text":
      return fc.string({ unit: "grapheme", maxLength: shape.maxUnits }).filter((t) => t.length <= shape.maxUnits);
    case "name":
      return fc
        .array(fc.constantFrom(...NAME_LETTERS), { minLength: 1, maxLength: MAX_NAME_CODE_POINTS })
        .map((letters) => letters.join(""));
    case "timestamp":
      return fc
        .date({
          min: new Date("0000-01-01T00:00:00.000Z"),
          max: new Date("9999-12-31T23:59:59.999Z"),
          noInvalidDate: true,
        })
        .map((date) => date.toISOString());
    case "boolean":
      return fc.boolean();
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(withoutMinusZero);
    case "literal":
      return fc.constant(shape.value);
    case "anything":
      return fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
    case "record":
      return fc.record(mapValues(shape.fields, arbitraryOfShape), { noNullPrototype: true });
    case "list":
      return fc.array(arbitraryOfShape(shape.items), { maxLength: Math.min(shape.maxItems, MAX_LIST_ITEMS) });
    case "anyOf":
      return fc.oneof(...shape.options.map(arbitraryOfShape));
    case "tagged":
      return fc.oneof(...Object.values(shape.options).map(arbitraryOfShape));
  }
}

/** A value that has the form but for one place; `path` names it as a fault would. */
export interface NearMiss {
  readonly value: unknown;
  readonly path: string;
}

/** A value that is wrong in exactly one place; undefined for a form that takes anything. */
export function nearMissOf(form: Form<unknown>, path = ""): fc.Arbitrary<NearMiss> | undefined {
  const { shape } = form;
  switch (shape.kind) {
    case "anything":
      return undefined;
    case "record":
      return oneOfThose([
        wrongHere(path, [null, [], "text", 7]),
        ...shape.keys.flatMap((key) => recordMisses(form, shape.fields, key, path)),
        arbitraryOf(form).map((value) => ({
          value: { ...(value as object), surplus: 1 },
          path: join(path, "surplus"),
        })),
      ]);
    case "list":
      return oneOfThose([
        wrongHere(path, [null, {}, "text", 7]),
        tooLong(shape.items, shape.maxItems, path),
        nearMissOf(shape.items, `${path}[0]`)?.map((miss) => ({ ...miss, value: [miss.value] })),
      ]);
    case "tagged":
      return oneOfThose([
        wrongHere(path, [null, [], "text"]),
        arbitraryOf(form).map((value) => ({
          value: { ...(value as object), [shape.key]: "no such" },
          path: join(path, shape.key),
        })),
        ...Object.values(shape.options).map((option) => missBeside(option, shape.key, path)),
      ]);
    case "anyOf":
      return oneOfThose([wrongForAll(shape.options, path), missBesideNull(shape.options, path)]);
    default:
      return wrongHere(path, wrongScalars(form));
  }
}

/** What has another type than any of these options, or a size that none takes. */
function wrongForAll(options: readonly Form<unknown>[], path: string): fc.Arbitrary<NearMiss> {
  const kinds = new Set(options.map(({ shape }) => shape.kind));
  if (kinds.has("anything")) throw new Error("nothing is wrong for an option that takes anything");
  const lists = kinds.has("list") ? [] : [[], ["x"]];
  const objects = kinds.has("record") || kinds.has("tagged") ? [] : [{}, { surplus: 1 }];
  return wrongHere(path, ["-".repeat(5000), ...lists, ...objects]);
}

/** Where null is the only other option, whatever is wrong for the one is wrong. */
function missBesideNull(options: readonly Form<unknown>[], path: string): fc.Arbitrary<NearMiss> | undefined {
  const [only, ...more] = options.filter(({ shape }) => shape.kind !== "literal" || shape.value !== null);
  if (only === undefined || more.length > 0 || options.length < 2) return undefined;
  return nearMissOf(only, path)?.filter(({ value }) => value !== null);
}

/** The inside of a tagged record wrong elsewhere than in its tag. */
function missBeside(option: Form<unknown>, key: string, path: string): fc.Arbitrary<NearMiss> | undefined {
  const { shape } = option;
  if (shape.kind !== "record") return undefined;
  const keys = shape.keys.filter((name) => name !== key);
  return oneOfThose(keys.flatMap((name) => recordMisses(option, shape.fields, name, path)));
}

/** A record without one of its keys, or with that field wrong. */
function recordMisses(
  form: Form<unknown>,
  fields: Readonly<Record<string, Form<unknown>>>,
  key: string,
  path: string,
): (fc.Arbitrary<NearMiss> | undefined)[] {
  const field = fields[key];
  const inside = field === undefined ? undefined : nearMissOf(field, join(path, key));
  const without = arbitraryOf(form).map((value) => {
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    return { value: rest, path: join(path, key) };
  });
  const wrong =
    inside === undefined
      ? undefined
      : fc
          .tuple(arbitraryOf(form), inside)
          .map(([value, miss]) => ({ ...miss, value: { ...(value as object), [key]: miss.value } }));
  return [without, wrong];
}

function tooLong(items: Form<unknown>, maxItems: number, path: string): fc.Arbitrary<NearMiss> | undefined {
  if (maxItems > 2_000) return undefined;
  return arbitraryOf(items).map((item) => ({ value: new Array(maxItems + 1).fill(item), path }));
}

function wrongScalars({ shape }: Form<unknown>): readonly unknown[] {
  const types = [null, [], {}];
  switch (shape.kind) {
    case "integer": {
      const beyond = [shape.min - 1, shape.max < MAX_INTEGER ? shape.max + 1 : MAX_INTEGER + 1];
      return [...types, ...beyond, shape.min + 0.5, 1e300, `${shape.min}`, true];
    }
    case "hex": {
      const digits = "ab".repeat(shape.bytes);
      return [
        ...types,
        7,
        "",
        digits.toUpperCase(),
        digits.slice(1),
        `${digits}0`,
        `0x${digits.slice(2)}`,
        ` ${digits.slice(1)}`,
      ];
    }
    case "text":
      return [...types, 7, true, "x".repeat(shape.maxUnits + 1), "\ud800"];
    case "name":
      return [...types, 7, "", " ", "a b", "x".repeat(17), "é".normalize("NFD"), "🙂", "שלום", "a\n"];
    case "timestamp":
      return [
        ...types,
        7,
        "2026-02-29T00:00:00.000Z",
        "2026-01-01T24:00:00.000Z",
        "2026-01-01T00:00:00Z",
        "2026-01-01 00:00:00.000Z",
        "2026-01-01T00:00:00.000+00:00",
        "+002026-01-01T00:00:00.000Z",
      ];
    case "boolean":
      return [...types, 0, 1, "true"];
    case "number":
      return [...types, "1", true, Number.POSITIVE_INFINITY, Number.NaN];
    default:
      return [...types, 7, "no such", true].filter((value) => shape.kind !== "literal" || value !== shape.value);
  }
}

function wrongHere(path: string, values: readonly unknown[]): fc.Arbitrary<NearMiss> {
  return fc.constantFrom(...values).map((value) => ({ value, path }));
}

function oneOfThose(misses: readonly (fc.Arbitrary<NearMiss> | undefined)[]): fc.Arbitrary<NearMiss> {
  return fc.oneof(...misses.filter((miss) => miss !== undefined));
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function mapValues<A, B>(object: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

function withoutMinusZero(n: number): number {
  return n === 0 ? 0 : n;
}
