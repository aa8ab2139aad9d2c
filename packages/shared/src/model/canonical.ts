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
      if (Array.isArray(value)) return value.every((item) => hasCanonicalForm(item, depth + 1));
      return Object.entries(value).every(([key, item]) => key.isWellFormed() && hasCanonicalForm(item, depth + 1));
    default:
      return false;
  }
}
