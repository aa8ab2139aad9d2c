import type { Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";
import { findingOfFault } from "../finding-of-fault.ts";

/** Rule `transaction`: each holds in its place, with its reason where it does not (SPEC §3, §7). */
export const checkTransaction = {
  rule: "transaction",
  find: ({ ledgers }: BlockContext): Finding | undefined => {
    if (ledgers.ok) return undefined;
    const { position, fault } = ledgers.error;
    const { expected, actual } = findingOfFault(fault);
    return { expected, actual: `transaction ${position}: ${actual}` };
  },
} as const;
