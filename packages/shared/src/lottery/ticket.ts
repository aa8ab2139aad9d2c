import { taggedHash } from "../crypto/hash.ts";
import type { Hex } from "../encoding/hex.ts";

/**
 * A proposal's ticket: the hub's beacon and the author's VRF output together, 256 bits as hex (SPEC §5). Neither
 * side knows it alone before the close, neither can choose it.
 */
export function ticketOf(chainId: Hex, beaconOutput: Hex, claimOutput: Hex): Hex {
  return taggedHash("ticket", chainId, { beacon: beaconOutput, vrf: claimOutput });
}
