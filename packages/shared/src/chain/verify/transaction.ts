import type { Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";

/** Rule `transaction`: each holds in its place, with its reason where it does not (SPEC §3, §7). */
export const checkTransaction = {
  rule: "transaction",
  find: ({ ledgers }: BlockContext): Finding | undefined => {
    if (ledgers.ok) return undefined;
    const { position, fault } = ledgers.error;
    const expected =
      fault.expected === undefined ? "valid" : `valid, with ${fault.path ?? "it"} being ${fault.expected}`;
    const actual = fault.actual === undefined ? fault.code : `${fault.code} (${fault.actual})`;
    return { expected, actual: `transaction ${position}: ${actual}` };
  },
} as const;
