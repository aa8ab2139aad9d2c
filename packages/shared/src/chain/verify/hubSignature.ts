import { verifySignature } from "../../crypto/signature.ts";
import type { Check } from "../../rules/check.ts";

/** Rule `hubSignature`: the hub that genesis names sealed the block (SPEC §6, §7). */
export const checkHubSignature: Check = {
  rule: "hubSignature",
  find: ({ genesis, chainId, block }) =>
    verifySignature(genesis.hub, "seal", chainId, { hash: block.hash }, block.hubSignature)
      ? undefined
      : { expected: "the hub's signature over the hash", actual: "another one" },
};
