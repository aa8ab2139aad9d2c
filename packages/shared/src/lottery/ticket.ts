import { hexDigest } from "../crypto/hash.ts";
import type { Hex } from "../encoding/hex.ts";
import { tagText } from "../encoding/tagged-bytes.ts";

/**
 * A proposal's ticket: the hub's beacon and the author's VRF output together, 256 bits as hex (SPEC §5). Neither
 * side knows it alone before the close, neither can choose it.
 */
export function ticketOf(chainId: Hex, beaconOutput: Hex, claimOutput: Hex): Hex {
  // The canonical JSON of both, put together directly: this is done for each proposal of a round.
  return hexDigest(`${tagText("ticket", chainId)}{"beacon":"${beaconOutput}","vrf":"${claimOutput}"}`);
}
