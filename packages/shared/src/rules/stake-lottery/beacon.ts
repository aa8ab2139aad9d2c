import { vrfVerify } from "../../crypto/vrf.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { type Check, differs } from "../check.ts";

/** Rule `beacon`: the hub's own VRF output of the round, which it could not choose (SPEC §5, §7). */
export const checkBeacon: Check = {
  rule: "beacon",
  find: ({ genesis, chainId, block }) => {
    const { beacon, seed } = block.draw;
    const output = vrfVerify(genesis.hub, alphaOf(chainId, block.round, seed), beacon.proof);
    return differs(output ?? "a valid proof", output === undefined ? "an invalid one" : beacon.output);
  },
};
