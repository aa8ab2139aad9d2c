import type { CheckFailure, Finding, RuleName } from "pos-shared/rules/check.ts";

/**
 * What an alarm is about: a rule of SPEC §7; `openings` or `blocks`, two of one round or index; `inclusion`, a proposal
 * whose place in the round's tree the hub could not prove.
 */
export type AlarmCode = RuleName | "openings" | "blocks" | "inclusion";

export interface AlarmFinding extends Finding {
  readonly rule: AlarmCode;
  /** The block that failed, or the one that would come next. */
  readonly index: number;
}

export function asFinding({ rule, index, expected, actual }: CheckFailure): AlarmFinding {
  return { rule, index, expected, actual };
}
