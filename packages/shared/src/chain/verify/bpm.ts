import { type Check, differs } from "../../rules/check.ts";

/** Rule `bpm`: the block's bpm is the winner's (SPEC §6, §7). */
export const checkBpm: Check = {
  rule: "bpm",
  find: ({ block }) => differs(block.proposal?.bpm ?? "none", block.bpm ?? "none"),
};
