import { hasCanonicalForm } from "pos-shared/model/canonical.ts";

/** Enough to see what came. */
const MAX_TEXT_UNITS = 4_096;

/**
 * The value, or where it has no canonical form (SPEC §1) its text: what no hub may serve can neither be hashed nor stand
 * in a file of evidence, but it breaks the same rule as its text does, for neither has a form that any rule takes.
 * @returns always what has a canonical form
 */
export function inCanonicalForm(value: unknown): unknown {
  return hasCanonicalForm(value) ? value : textOf(value);
}

function textOf(value: unknown): string {
  try {
    return String(JSON.stringify(value)).slice(0, MAX_TEXT_UNITS).toWellFormed();
  } catch {
    // The stack ends before its depth does.
    return "nested too deep to be written down";
  }
}
