import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { CheckFailure, Finding, RuleName } from "pos-shared/rules/check.ts";

/**
 * What an alarm is about: a rule of SPEC §7; `openings` or `blocks`, two of one round or index; `inclusion`, a proposal
 * whose place in the round's tree the hub could not prove; `noReceipt`, a proposal that got no answer; `earlyClose`, a
 * round that was over before its announced close.
 */
export const OTHER_ALARMS = ["openings", "blocks", "inclusion", "noReceipt", "earlyClose"] as const;
export type AlarmCode = RuleName | (typeof OTHER_ALARMS)[number];

export interface AlarmFinding extends Finding {
  readonly rule: AlarmCode;
  /** The block that failed, or the one that would come next; 0 where neither is known. */
  readonly index: number;
}

export function asFinding({ rule, index, expected, actual }: CheckFailure): AlarmFinding {
  return { rule, index, expected, actual };
}

/** @param index of the block that would follow the first one's tip, 0 where that is not known */
export function openingsFinding(first: Opening, second: Opening, index: number): AlarmFinding {
  return {
    rule: "openings",
    index,
    expected: `one opening of round ${first.round}: on ${first.prevHash}, closing ${first.closesAt}`,
    actual: `another one: on ${second.prevHash}, closing ${second.closesAt}`,
  };
}

export function blocksFinding(index: number, known: Hex, other: Hex): AlarmFinding {
  return { rule: "blocks", index, expected: known, actual: other };
}

/** The tree of a round does not have a proposal for which the hub gave a receipt. */
export function absenceFinding(index: number, leaf: Hex, root: Hex): AlarmFinding {
  return { rule: "inclusion", index, expected: `proposal ${leaf} under the root ${root}`, actual: "it is not there" };
}

/** @param wouldHaveWon as far as the round's block shows */
export function noReceiptFinding(index: number, round: number, leaf: Hex, wouldHaveWon: boolean): AlarmFinding {
  const expected = `an answer to proposal ${leaf} of round ${round}`;
  return { rule: "noReceipt", index, expected, actual: wouldHaveWon ? "none, and it would have won" : "none" };
}

/** @param seenAt by the hub's own clock, when the round's end had been seen */
export function earlyCloseFinding(index: number, { round, closesAt }: Opening, seenAt: string): AlarmFinding {
  return { rule: "earlyClose", index, expected: `round ${round} open until ${closesAt}`, actual: `over by ${seenAt}` };
}
