import type { Fault } from "../model/fault.ts";
import type { Finding } from "../rules/check.ts";

/** A refusal as what a check found: the place with what was expected there, and the code with what came. */
export function findingOfFault({ code, path, expected, actual }: Fault): Finding {
  const place = path === undefined || path === "" ? "" : `${path}: `;
  return {
    expected: `${place}${expected ?? "valid"}`,
    actual: actual === undefined ? code : `${code}: ${actual}`,
  };
}
