/** Which network was last seen at a hub's address, so that another one there is noticed (DESIGN §10). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { hubKeyOf } from "./hub-url.ts";
import { openStore } from "./settings-file.ts";

const FILE = "hubs";

/** The chain id last seen at a hub, or null for a hub that was never met. */
export async function lastChainAt(homeDir: string, hubUrl: string): Promise<Hex | null> {
  if (!existsSync(join(homeDir, `${FILE}.json`))) return null;
  const chainId = (await openHubs(homeDir)).get(hubKeyOf(hubUrl));
  return isHex(chainId, 32) ? chainId : null;
}

export async function rememberChain(homeDir: string, hubUrl: string, chainId: Hex): Promise<void> {
  const hubs = await openHubs(homeDir);
  const key = hubKeyOf(hubUrl);
  if (hubs.get(key) !== chainId) hubs.set(key, chainId);
}

/** A damaged file is started anew: it holds nothing that the next connection does not bring back. */
function openHubs(homeDir: string) {
  return openStore(homeDir, FILE, true);
}
