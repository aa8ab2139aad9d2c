import { MAX_INTEGER } from "pos-shared/model/limits.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { HttpFault } from "./http-errors.ts";

interface PageQuery {
  readonly from: number;
  readonly limit: number;
}

/**
 * `?from=&limit=`, both optional. A limit above the largest page means the largest page.
 *
 * @param first the least `from`, and what stands for none.
 */
export function readPageQuery(query: URLSearchParams, first: number, maxLimit: number): Result<PageQuery, HttpFault> {
  for (const key of query.keys()) {
    if (key !== "from" && key !== "limit")
      return err(badParameter(key, "There is no such parameter; from and limit are."));
    if (query.getAll(key).length > 1) return err(badParameter(key, "It is given twice."));
  }
  const from = readInteger("from", query.get("from") || String(first), first);
  if (!from.ok) return from;
  const limit = readInteger("limit", query.get("limit") || String(maxLimit), 1);
  if (!limit.ok) return limit;
  return ok({ from: from.value, limit: Math.min(limit.value, maxLimit) });
}

/** A whole number of at least `min` in decimal digits. */
export function readInteger(name: string, text: string, min: number): Result<number, HttpFault> {
  const value = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= MAX_INTEGER) return ok(value);
  return err(badParameter(name, `It must be a whole number of at least ${min}.`));
}

function badParameter(name: string, why: string): HttpFault {
  return { code: "BAD_PARAMETER", message: `The parameter ${JSON.stringify(name.slice(0, 40))} is wrong. ${why}` };
}
