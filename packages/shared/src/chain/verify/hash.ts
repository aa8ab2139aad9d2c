import { taggedHash } from "../../crypto/hash.ts";
import { headerOf } from "../../model/block.ts";
import { type Check, differs } from "../../rules/check.ts";

/** Rule `hash`: covers every field of the header (SPEC §6, §7). */
export const checkHash: Check = {
  rule: "hash",
  find: ({ chainId, block }) => differs(taggedHash("block", chainId, headerOf(block)), block.hash),
};
