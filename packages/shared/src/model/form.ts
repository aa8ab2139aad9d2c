/**
 * Forms are data: what an object must look like, field by field. One interpreter checks them; the fuzzer makes inputs
 * from them and the documentation lists them. Every object has exactly the listed fields (SPEC §1).
 */
import { isHex } from "../encoding/hex.ts";
import { hasCanonicalForm } from "./canonical.ts";
import { MAX_INTEGER } from "./limits.ts";
import { isName } from "./name.ts";
import { isTimestamp } from "./timestamp.ts";

export type Shape =
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "hex"; readonly bytes: number }
  | { readonly kind: "text"; readonly maxUnits: number }
  | { readonly kind: "name" }
  | { readonly kind: "timestamp" }
  | { readonly kind: "boolean" }
  | { readonly kind: "number" }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "anything"; readonly isCanonical: boolean }
  | {
      readonly kind: "record";
      readonly fields: Readonly<Record<string, Form<unknown>>>;
      readonly keys: readonly string[];
    }
  | { readonly kind: "list"; readonly items: Form<unknown>; readonly maxItems: number }
  | { readonly kind: "anyOf"; readonly options: readonly Form<unknown>[] }
  | { readonly kind: "tagged"; readonly key: string; readonly options: Readonly<Record<string, Form<unknown>>> };

/** A shape together with the type of what has it. The type exists for the compiler alone. */
export interface Form<out T> {
  readonly shape: Shape;
  readonly type?: T;
}

/** The type of what has a form. */
export type Of<F> = F extends Form<infer T> ? T : never;

/** Where a value leaves its form: `path` as in `claim.output`, what was expected there and what came, in words. */
export interface FormFault {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

type Fields = Readonly<Record<string, Form<unknown>>>;
type RecordOf<F extends Fields> = { readonly [K in keyof F]: Of<F[K]> };

/** An integer from min to max; by default any amount, round, index or nonce. `72.0` is 72. */
export function integer(min = 0, max = MAX_INTEGER): Form<number> {
  return { shape: { kind: "integer", min, max } };
}

/** Lowercase hex of exactly so many bytes. */
export function hex(bytes: number): Form<string> {
  return { shape: { kind: "hex", bytes } };
}

/** Well-formed text of at most so many UTF-16 code units. */
export function text(maxUnits: number): Form<string> {
  return { shape: { kind: "text", maxUnits } };
}

export const name: Form<string> = { shape: { kind: "name" } };
export const timestamp: Form<string> = { shape: { kind: "timestamp" } };
export const boolean: Form<boolean> = { shape: { kind: "boolean" } };
/** Any finite number: what a polluted proposal may carry as its bpm. */
export const number: Form<number> = { shape: { kind: "number" } };
/** A part whose inside has a rule of its own. */
export const anything: Form<unknown> = { shape: { kind: "anything", isCanonical: false } };
/** The same, but of what has a canonical form (SPEC §1): whoever takes it may hash it, write it down and hand it on. */
export const canonical: Form<unknown> = { shape: { kind: "anything", isCanonical: true } };
export const nothing: Form<null> = { shape: { kind: "literal", value: null } };

export function literal<const V extends string | number | boolean>(value: V): Form<V> {
  return { shape: { kind: "literal", value } };
}

/** An object with exactly these fields. */
export function record<const F extends Fields>(fields: F): Form<RecordOf<F>> {
  return { shape: { kind: "record", fields, keys: Object.keys(fields) } };
}

export function list<T>(items: Form<T>, maxItems = MAX_INTEGER): Form<readonly T[]> {
  return { shape: { kind: "list", items, maxItems } };
}

export function nullable<T>(form: Form<T>): Form<T | null> {
  return { shape: { kind: "anyOf", options: [nothing, form] } };
}

export function anyOf<const F extends readonly Form<unknown>[]>(...options: F): Form<Of<F[number]>> {
  return { shape: { kind: "anyOf", options } };
}

/** One of several records, told apart by the value of one field (which each of them lists as a literal). */
export function tagged<const F extends Fields>(key: string, options: F): Form<Of<F[keyof F]>> {
  return { shape: { kind: "tagged", key, options } };
}

/** Has the value this form? */
export function conforms<T>(form: Form<T>, value: unknown): value is T {
  return findFault(form, value) === undefined;
}

/** The first place where a value leaves its form, or undefined if it has it. `path`: where the value itself stands. */
export function findFault(form: Form<unknown>, value: unknown, path = ""): FormFault | undefined {
  const found = findFaultIn(form, value);
  return found === undefined || path === "" ? found : { ...found, path: join(path, found.path) };
}

/** Paths are put together from within, so that a value that has its form costs no text. */
function findFaultIn(form: Form<unknown>, value: unknown): FormFault | undefined {
  const shape = form.shape;
  switch (shape.kind) {
    case "record":
      return findRecordFault(shape.fields, shape.keys, value);
    case "list":
      return findListFault(shape.items, shape.maxItems, value);
    case "anyOf":
      return findAnyOfFault(shape.options, value);
    case "tagged":
      return findTaggedFault(shape.key, shape.options, value);
    default:
      return hasScalarShape(shape, value) ? undefined : fault(form, value);
  }
}

function hasScalarShape(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case "integer":
      return Number.isSafeInteger(value) && (value as number) >= shape.min && (value as number) <= shape.max;
    case "hex":
      return isHex(value, shape.bytes);
    case "text":
      return typeof value === "string" && value.length <= shape.maxUnits && value.isWellFormed();
    case "name":
      return isName(value);
    case "timestamp":
      return isTimestamp(value);
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "literal":
      return value === shape.value;
    case "anything":
      return !shape.isCanonical || hasCanonicalForm(value);
    default:
      return true;
  }
}

function findRecordFault(fields: Fields, keys: readonly string[], value: unknown): FormFault | undefined {
  if (!isObject(value)) return { path: "", expected: `an object with ${keys.join(", ")}`, actual: describe(value) };
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(fields, key)) return { path: shown(key), expected: "no such key", actual: "an unknown key" };
  }
  for (const key of keys) {
    if (!Object.hasOwn(value, key)) return { path: shown(key), expected: "this key", actual: "missing" };
    const field = fields[key];
    if (field === undefined) continue;
    const found = findFaultIn(field, value[key]);
    if (found !== undefined) return { ...found, path: join(shown(key), found.path) };
  }
  return undefined;
}

function findListFault(items: Form<unknown>, maxItems: number, value: unknown): FormFault | undefined {
  if (!Array.isArray(value)) return { path: "", expected: "a list", actual: describe(value) };
  if (value.length > maxItems)
    return { path: "", expected: `at most ${maxItems} items`, actual: `${value.length} items` };
  for (let i = 0; i < value.length; i++) {
    const found = findFaultIn(items, value[i]);
    if (found !== undefined) return { ...found, path: join(`[${i}]`, found.path) };
  }
  return undefined;
}

function findAnyOfFault(options: readonly Form<unknown>[], value: unknown): FormFault | undefined {
  // Most often one of them fits, and then nobody asks why the others do not.
  if (options.some(({ shape }) => isScalar(shape) && hasScalarShape(shape, value))) return undefined;
  let last: FormFault | undefined;
  for (const option of options) {
    const found = isScalar(option.shape) ? fault(option, value) : findFaultIn(option, value);
    if (found === undefined) return undefined;
    // The fault inside an object tells more than "null was expected".
    if (last === undefined || found.path.length >= last.path.length) last = found;
  }
  if (last !== undefined && last.path !== "") return last;
  return { path: "", expected: options.map(describeForm).join(" or "), actual: describe(value) };
}

function isScalar({ kind }: Shape): boolean {
  return kind !== "record" && kind !== "list" && kind !== "anyOf" && kind !== "tagged";
}

function findTaggedFault(key: string, options: Fields, value: unknown): FormFault | undefined {
  if (!isObject(value)) return { path: "", expected: "an object", actual: describe(value) };
  const tag = value[key];
  const option = typeof tag === "string" && Object.hasOwn(options, tag) ? options[tag] : undefined;
  if (option === undefined) {
    return { path: shown(key), expected: `one of ${Object.keys(options).join(", ")}`, actual: describe(tag) };
  }
  return findFaultIn(option, value);
}

/** A form in a few words, for error messages and documentation. */
function describeForm(form: Form<unknown>): string {
  const shape = form.shape;
  switch (shape.kind) {
    case "integer":
      return shape.max === MAX_INTEGER
        ? `an integer of at least ${shape.min}`
        : `an integer from ${shape.min} to ${shape.max}`;
    case "hex":
      return `${shape.bytes * 2} lowercase hex digits`;
    case "text":
      return `text of at most ${shape.maxUnits} characters`;
    case "name":
      return "a name of 1 to 16 letters, digits, _ or -";
    case "timestamp":
      return "an existing date as YYYY-MM-DDTHH:MM:SS.sssZ";
    case "literal":
      return JSON.stringify(shape.value);
    case "anything":
      return "plain JSON nested at most 16 deep, without lone surrogates";
    case "list":
      return `a list of ${describeForm(shape.items)}`;
    case "anyOf":
      return shape.options.map(describeForm).join(" or ");
    case "record":
      return `an object with ${shape.keys.join(", ")}`;
    case "tagged":
      return `an object whose ${shape.key} is one of ${Object.keys(shape.options).join(", ")}`;
    default:
      return shape.kind;
  }
}

function fault(form: Form<unknown>, value: unknown): FormFault {
  return { path: "", expected: describeForm(form), actual: describe(value) };
}

/** What came, in at most a few words: whatever it holds may be hostile and is quoted as JSON. */
function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value === "string")
    return value.length > 40 ? `text of ${value.length} characters` : JSON.stringify(value);
  return Array.isArray(value) ? "a list" : "an object";
}

/** A key may hold half a character, or be cut in the middle of one; the path is sent back as text, which must not. */
function shown(key: string): string {
  return (key.length > 40 ? `${key.slice(0, 40)}…` : key).toWellFormed();
}

function join(outer: string, inner: string): string {
  return inner === "" || inner.startsWith("[") ? outer + inner : `${outer}.${inner}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
