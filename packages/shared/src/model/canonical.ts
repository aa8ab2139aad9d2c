import { MAX_NESTING } from "./limits.ts";

/**
 * Can this be canonicalised at all: plain JSON, no lone surrogate, finite numbers, nested at most 16 deep
 * (SPEC §1; the outermost object is level 1)? What is not, is invalid wherever it stands.
 */
export function hasCanonicalForm(value: unknown, depth = 1): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      if (value === null) return true;
      if (depth > MAX_NESTING) return false;
      return Array.isArray(value)
        ? value.every((item) => hasCanonicalForm(item, depth + 1))
        : hasCanonicalProperties(value, depth);
    default:
      return false;
  }
}

/** Looked at by name: pairs of names and values made for it would cost more than the check. */
function hasCanonicalProperties(object: object, depth: number): boolean {
  const record = object as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record)) {
    if (!key.isWellFormed() || !hasCanonicalForm(record[key], depth + 1)) return false;
  }
  return true;
}
