/** How docs/protocol.md writes a form down: one row a field, the fields of nested objects by their path. */
import type { Form, Shape } from "../../src/model/form.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";

type AnyForm = Form<unknown>;
/** Forms that the page describes under a heading of their own, which others link to. */
export type NamedForms = ReadonlyMap<AnyForm, string>;

export interface FieldRow {
  readonly path: string;
  readonly form: string;
}

/** The fields of a record, in order, each followed by what is nested in it. */
export function fieldRows(form: AnyForm, named: NamedForms, prefix = ""): FieldRow[] {
  const { shape } = form;
  if (shape.kind !== "record") throw new Error(`a table is of a record, not of a ${shape.kind}`);
  return Object.entries(shape.fields).flatMap(([key, field]) => {
    const inner = innerRecord(field, named);
    const below = inner === undefined ? [] : fieldRows(inner.form, named, `${prefix}${key}${inner.suffix}.`);
    return [{ path: prefix + key, form: wordsOf(field, named) }, ...below];
  });
}

function innerRecord(form: AnyForm, named: NamedForms): { form: AnyForm; suffix: string } | undefined {
  if (named.has(form)) return undefined;
  const { shape } = form;
  switch (shape.kind) {
    case "record":
      return { form, suffix: "" };
    case "list": {
      const inner = innerRecord(shape.items, named);
      return inner === undefined ? undefined : { form: inner.form, suffix: `[]${inner.suffix}` };
    }
    case "anyOf":
      return shape.options.map((option) => innerRecord(option, named)).find((inner) => inner !== undefined);
    default:
      return undefined;
  }
}

function wordsOf(form: AnyForm, named: NamedForms): string {
  const name = named.get(form);
  return name === undefined ? wordsOfShape(form.shape, named) : `[${name}](#${name.replaceAll(" ", "-")})`;
}

function wordsOfShape(shape: Shape, named: NamedForms): string {
  switch (shape.kind) {
    case "integer":
      if (shape.max !== MAX_INTEGER) return `integer ${shape.min}–${shape.max}`;
      return shape.min === 0 ? "integer" : `integer ≥ ${shape.min}`;
    case "hex":
      return `hex, ${shape.bytes} bytes`;
    case "text":
      return `text ≤ ${shape.maxUnits}`;
    case "literal":
      return shape.value === null ? "null" : `\`${JSON.stringify(shape.value)}\``;
    case "anything":
      return "any";
    case "record":
      return "object";
    case "list": {
      const most = shape.maxItems === MAX_INTEGER ? "" : `, at most ${shape.maxItems}`;
      return `list of ${wordsOf(shape.items, named)}${most}`;
    }
    case "anyOf": {
      const options = shape.options.map((option) => wordsOf(option, named));
      const others = options.filter((option) => option !== "null");
      return [...others, ...(others.length < options.length ? ["null"] : [])].join(" or ");
    }
    default:
      return shape.kind;
  }
}
