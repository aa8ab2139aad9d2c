import { type Check, differs } from "../../rules/check.ts";

/** Rule `index`: counts sealed blocks, one after the other (SPEC §6, §7). */
export const checkIndex: Check = {
  rule: "index",
  find: ({ tip, block }) => differs(tip.index + 1, block.index),
};
