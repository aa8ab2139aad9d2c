import { isTrueClaim } from "../../evidence/false-claim.ts";
import type { Check } from "../check.ts";

/** Rule `vrf`: the winner's claim is what its key yields for the round (SPEC §5, §7). */
export const checkVrf: Check = {
  rule: "vrf",
  find: ({ chainId, block }) => {
    if (block.proposal === null) return undefined;
    const { publicKey, claim } = block.proposal;
    return isTrueClaim(chainId, publicKey, block.round, block.draw.seed, claim)
      ? undefined
      : { expected: "a VRF output of the winner's key for this round", actual: "a false claim" };
  },
};
