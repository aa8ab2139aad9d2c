import { blockForm } from "../../model/block.ts";
import { hasCanonicalForm } from "../../model/canonical.ts";
import { findFault } from "../../model/form.ts";
import type { Finding } from "../../rules/check.ts";

/**
 * Rule `form`: fields, types, hex, existing dates; nesting and text; validator, bpm and proposal all null or none. The
 * insides of the proposal and of transactions have rules of their own (SPEC §1, §6, §7).
 */
export function findFormFinding(value: unknown): Finding | undefined {
  if (!hasCanonicalForm(value))
    return { expected: "plain JSON nested at most 16 deep, without lone surrogates", actual: "something else" };
  const fault = findFault(blockForm, value);
  if (fault !== undefined) return { expected: `${fault.path || "block"}: ${fault.expected}`, actual: fault.actual };
  const { bpm, validator, proposal } = value as { bpm: unknown; validator: unknown; proposal: unknown };
  const nulls = [bpm, validator, proposal].filter((field) => field === null).length;
  return nulls === 0 || nulls === 3
    ? undefined
    : { expected: "validator, bpm and proposal all null or none", actual: `${nulls} of 3 null` };
}
