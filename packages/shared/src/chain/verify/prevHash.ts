import { type Check, differs } from "../../rules/check.ts";

/** Rule `prevHash`: the block builds on the tip; block 1 on the chain id (SPEC §2, §7). */
export const checkPrevHash: Check = {
  rule: "prevHash",
  find: ({ tip, block }) => differs(tip.hash, block.prevHash),
};
