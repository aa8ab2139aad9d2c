import { addressOf } from "../../crypto/keys.ts";
import { type Check, differs } from "../../rules/check.ts";

/** Rule `validator`: the address of the winning proposal's author (SPEC §6, §7). */
export const checkValidator: Check = {
  rule: "validator",
  find: ({ block }) =>
    block.proposal === null ? undefined : differs(addressOf(block.proposal.publicKey), block.validator ?? "none"),
};
