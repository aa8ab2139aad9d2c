import { type Check, differs } from "../../rules/check.ts";

/** Rule `transactionCount`: as many as there are; at least 1 without a winner (SPEC §6, §7). */
export const checkTransactionCount: Check = {
  rule: "transactionCount",
  find: ({ block }) => {
    if (block.proposal === null && block.transactions.length === 0) {
      return { expected: "at least 1 in a block without a winner", actual: block.transactionCount };
    }
    return differs(block.transactions.length, block.transactionCount);
  },
};
