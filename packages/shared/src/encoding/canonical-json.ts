/** What JSON can express, and so what has a canonical form. Numbers must be finite, text well-formed UTF-16. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Deeper nesting is refused. The chain's own limit is 16 (SPEC §1) and is checked where forms are; this one only turns
 * a cycle, or a hostile depth, into an error that names it instead of a stack overflow.
 */
const MAX_DEPTH = 256;

/** Text without quotes, backslashes and control characters, which need an escape, and without surrogates. */
const STANDS_AS_IT_IS = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** So few names are sorted faster by insertion than by the built-in sort: it makes a whole proposal 15 % cheaper. */
const MAX_INSERTION_SORT = 16;

/**
 * The canonical JSON text of `value` (RFC 8785): no white space, the shortest number that reads back the same
 * (§3.2.2.3), minimal escapes (§3.2.2.2), properties in the order of their names' UTF-16 code units (§3.2.3).
 *
 * Takes null, booleans, finite numbers, well-formed strings, arrays and plain objects of these.
 *
 * @throws TypeError for what has no canonical form: NaN and the infinities, a lone surrogate, undefined (also as a
 * property's value or a hole in an array), functions, bigints, symbols, instances of classes such as Date, cycles.
 */
export function canonicalize(value: unknown): string {
  return serialize(value, 1);
}

function serialize(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return serializeString(value);
    case "number":
      // ECMAScript's own Number-to-string is what RFC 8785 prescribes; it also writes −0 as 0.
      if (!Number.isFinite(value)) throw new TypeError(`no canonical form: the number ${value}`);
      return `${value}`;
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth > MAX_DEPTH)
        throw new TypeError(`no canonical form: nested deeper than ${MAX_DEPTH} levels, or a cycle`);
      return Array.isArray(value) ? serializeArray(value, depth) : serializeObject(value, depth);
    default:
      throw new TypeError(`no canonical form: ${typeof value}`);
  }
}

function serializeString(text: string): string {
  if (STANDS_AS_IT_IS.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError("no canonical form: text with a lone surrogate");
  return JSON.stringify(text);
}

function serializeArray(items: readonly unknown[], depth: number): string {
  let text = "[";
  // By index, not by iterator: a hole must be seen as the undefined that it reads as.
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ",";
    text += serialize(items[index], depth + 1);
  }
  return `${text}]`;
}

function serializeObject(object: object, depth: number): string {
  if (!isPlain(object)) throw new TypeError("no canonical form: an instance of a class");
  let text = "{";
  for (const name of sortInPlace(Object.keys(object))) {
    if (text.length > 1) text += ",";
    text += `${serializeString(name)}:${serialize(object[name], depth + 1)}`;
  }
  return `${text}}`;
}

function isPlain(object: object): object is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

/** `<` on strings compares UTF-16 code units, as RFC 8785 §3.2.3 asks, and so does a sort without a comparison. */
function sortInPlace(names: string[]): string[] {
  if (names.length > MAX_INSERTION_SORT) return names.sort();
  // By index (an iterator costs more than the sort saves); all indices are in range, so the "" never shows.
  for (let end = 1; end < names.length; end++) {
    const name = names[end] ?? "";
    let place = end;
    for (; place > 0; place--) {
      const before = names[place - 1] ?? "";
      if (before < name) break;
      names[place] = before;
    }
    names[place] = name;
  }
  return names;
}
