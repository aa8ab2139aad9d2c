import { type Check, differs } from "../check.ts";

/** Rule `seed`: the round was drawn with the seed that the block before left (SPEC §5, §7). */
export const checkSeed: Check = {
  rule: "seed",
  find: ({ tip, block }) => differs(tip.seed, block.draw.seed),
};
