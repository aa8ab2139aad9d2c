import { conforms, integer } from "pos-shared/model/form.ts";
import type { Outcome } from "./session.ts";

/** Tokens to bond, unbond or transfer are whole and at least one. */
export function findAmountFault(amount: number): Outcome | undefined {
  if (conforms(integer(1), amount)) return undefined;
  const expected = "a whole number of at least 1";
  return { ok: false, fault: { code: "MALFORMED", path: "amount", expected, actual: String(amount) } };
}
